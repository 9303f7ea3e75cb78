using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using TwinTrack.Providers.Exchange;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// Detached CMS signatures (RFC 5652) in DER, as <c>openssl cms -sign -binary -outform DER</c> makes and
/// <c>openssl cms -verify -binary -inform DER</c> checks them. Configuration names the trusted certificates. No chain
/// is built, because the two partners exchange certificates directly.
/// </summary>
internal static class Signatures
{
    internal const string Ending = ExchangeRules.SignatureEnding;

    private const string Sha256 = "2.16.840.1.101.3.4.2.1";

    /// <summary>SHA-256, SHA-384 and SHA-512. Older digests prove nothing.</summary>
    private static readonly HashSet<string> Digests = [Sha256, "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"];

    /// <param name="certificate">PEM, or the path of a PEM file.</param>
    /// <param name="key">PEM, or the path of a PEM file; of the certificate.</param>
    internal static byte[] Sign(string certificate, string key, byte[] content)
    {
        using var signer = X509Certificate2.CreateFromPem(Pem(certificate), Pem(key));
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        cms.ComputeSignature(new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, signer)
        {
            DigestAlgorithm = new Oid(Sha256),
            IncludeOption = X509IncludeOption.EndCertOnly,
        });
        return cms.Encode();
    }

    /// <summary>
    /// Whether one of these certificates' keys signed this content. A certificate inside the signature is not trusted.
    /// </summary>
    internal static bool Holds(string certificates, byte[] content, byte[] signature)
    {
        var known = Certificates(certificates);
        try
        {
            var cms = new SignedCms(new ContentInfo(content), detached: true);
            cms.Decode(signature);
            return cms.SignerInfos.Count > 0 && cms.SignerInfos.Cast<SignerInfo>()
                .All(one => Digests.Contains(one.DigestAlgorithm.Value ?? "") && IsOneOf(known, one));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Whether a certificate and its key can be read and belong together; for the check of settings.</summary>
    internal static bool CanSign(string certificate, string key) => Can(() => Sign(certificate, key, [0]));

    internal static bool CanCheck(string certificates) =>
        Can(() => Certificates(certificates).Count > 0 ? certificates : throw new CryptographicException());

    private static bool IsOneOf(X509Certificate2Collection known, SignerInfo signer)
    {
        // Throws when the signature is not valid. It may have used the certificate inside the signature, so the signer
        // is checked next.
        signer.CheckSignature(known, verifySignatureOnly: true);
        return signer.Certificate is { } by && known.Any(one => one.RawData.AsSpan().SequenceEqual(by.RawData));
    }

    private static X509Certificate2Collection Certificates(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(Pem(pem));
        return certificates;
    }

    private static string Pem(string pathOrText) =>
        pathOrText.StartsWith("-----BEGIN", StringComparison.Ordinal) ? pathOrText : File.ReadAllText(pathOrText);

    private static bool Can(Func<object> act)
    {
        try
        {
            return act() is not null;
        }
        catch (Exception unusable)
            when (unusable is CryptographicException or IOException or ArgumentException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
