namespace TwinTrack.Contracts.Reconciliation.V1;

/// <summary>
/// A batch adds up in the ledger, and a person has certified it. Sent to Payments, which closes the batch or says what
/// still waits.
/// </summary>
/// <param name="CertificateHash">SHA-256 of the certificate's canonical JSON, 64 hex digits.</param>
/// <param name="SettledObligations">Obligations of the batch that are settled in the ledger.</param>
/// <param name="SettledMinor">Amount delivered to them, minor units.</param>
public sealed record BatchCertified(
    string BatchId, string CertificateHash, string CertifiedBy, long SettledObligations, long SettledMinor,
    DateTimeOffset At);
