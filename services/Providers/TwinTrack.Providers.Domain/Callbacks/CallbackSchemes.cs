using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain.Callbacks;

/// <summary>One way in which providers sign callbacks.</summary>
/// <param name="Name">The value of setting <c>callbackScheme</c>.</param>
/// <param name="Headers">Required headers. If one is missing, the callback is refused before its body is read.</param>
/// <param name="Settings">Required settings. If one is missing, the connection is refused.</param>
/// <param name="ReadKey">
/// Reads a key's bytes from its text and the algorithm's name; null when it is not a key of this scheme.
/// </param>
/// <param name="Verify">Pure function from settings, callback and our clock to a proof.</param>
/// <param name="Source">Standard and clause.</param>
public sealed record CallbackScheme(
    string Name, string[] Headers, string[] Settings, Func<string, string, byte[]?> ReadKey,
    Func<CallbackSettings, CallbackRequest, DateTimeOffset, CallbackProof> Verify, string Source)
{
    /// <summary>Whether a proof of this scheme says who sent the bytes.</summary>
    public bool IsSigned => Headers.Length > 0;
}

/// <summary>
/// Every scheme with its verifying function. A signature proves who called, never that a payment is final. That needs a
/// question, or signed evidence of the provider's contract.
/// </summary>
public static class CallbackSchemes
{
    public const string None = "none";

    public static readonly IReadOnlyList<CallbackScheme> All =
    [
        new(None, [], [], static (_, _) => null, static (_, _, _) => CallbackProof.Of(""),
            "unguessable path of 256 random bits a unit; sources by callbackSources"),
        new(
            "standard-webhooks", [StandardWebhooks.IdHeader, StandardWebhooks.TimestampHeader,
                StandardWebhooks.SignatureHeader], ["callbackKey"],
            static (text, _) => StandardWebhooks.ReadSecret(text), StandardWebhookCheck.Verify,
            "Standard Webhooks 1.0"),
        new(
            "rfc9421", ["signature-input", "signature", "content-digest"],
            ["callbackKey", "callbackKeyId", "callbackAlgorithm", "callbackOrigin"],
            static (text, algorithm) => SignatureAlgorithms.Find(algorithm)?.ReadKey(text), MessageSignature.Verify,
            "RFC 9421, RFC 9530"),
        new(
            "moneygram", ["signature"], ["callbackKey", "callbackOrigin"],
            static (text, _) => PublicKeys.Rsa(text), TimedRsaCheck.Verify,
            "MoneyGram push notifications: RSA-SHA-256 over t.host.body"),
    ];
}
