namespace TwinTrack.Contracts.Reconciliation.V1;

/// <summary>A batch adds up and is closed. Sent to Payments.</summary>
/// <param name="CertificateHash">SHA-256 of the certificate's canonical JSON, 64 hex digits.</param>
public sealed record BatchCertified(string BatchId, string CertificateHash, string CertifiedBy, DateTimeOffset At);
