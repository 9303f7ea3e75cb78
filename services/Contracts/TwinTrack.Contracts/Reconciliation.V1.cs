namespace TwinTrack.Contracts.Reconciliation.V1;

/// <summary>
/// A batch adds up in the books, and a person has put their name to it. Sent to Payments, which closes the batch or
/// says what of it still waits.
/// </summary>
/// <param name="CertificateHash">SHA-256 of the certificate's canonical JSON, 64 hex digits.</param>
/// <param name="SettledObligations">How many obligations of the batch the books hold settled.</param>
/// <param name="SettledMinor">What was delivered to them, minor units.</param>
public sealed record BatchCertified(
    string BatchId, string CertificateHash, string CertifiedBy, long SettledObligations, long SettledMinor,
    DateTimeOffset At);
