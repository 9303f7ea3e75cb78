namespace TwinTrack.Providers.Domain.Callbacks;

/// <summary>A callback as it came over HTTP, before authentication.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Path">The path as sent, still escaped; begins with a slash.</param>
/// <param name="Query">With its question mark, or empty.</param>
/// <param name="Headers">
/// By name, ignoring case. Several lines of one name are joined by comma and blank (RFC 9110, 5.3).
/// </param>
/// <param name="Body">The exact bytes.</param>
public sealed record CallbackRequest(string Method, string Path, string Query,
    IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The header's value without blanks around it; null when there is none.</summary>
    public string? this[string header] => Headers.TryGetValue(header, out var value) ? value.Trim() : null;
}

/// <summary>The result of authenticating a callback.</summary>
/// <param name="Fault">
/// One of <see cref="CallbackFaults"/>; null when it is authentic, or when its scheme proves nothing.
/// </param>
/// <param name="MessageId">The sender's message id, to recognise repeats; empty when nothing is signed.</param>
public readonly record struct CallbackProof(string? Fault, string MessageId)
{
    public static CallbackProof Of(string messageId) => new(null, messageId);

    public static CallbackProof No(string fault) => new(fault, "");
}

/// <summary>
/// Why a callback is refused. The set is small and closed, because metrics count by it. The caller never sees it.
/// </summary>
public static class CallbackFaults
{
    /// <summary>It comes from an address that is not on the channel's list.</summary>
    public const string Source = "source";

    /// <summary>A header that its scheme needs is missing.</summary>
    public const string NoSignature = "unsigned";

    /// <summary>A header that its scheme needs cannot be read.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>Signed too long ago or too far ahead: a replay, or a wrong clock.</summary>
    public const string Time = "time";

    /// <summary>The signature does not cover what it must.</summary>
    public const string Coverage = "coverage";

    /// <summary>The digest is not the body's.</summary>
    public const string Digest = "digest";

    /// <summary>No key of ours made the signature.</summary>
    public const string Signature = "signature";
}
