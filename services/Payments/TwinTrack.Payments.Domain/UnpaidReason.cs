namespace TwinTrack.Payments.Domain;

/// <summary>Why nobody is paying an obligation now: a stable word, and after a colon what was said.</summary>
public static class UnpaidReason
{
    /// <summary>A contradicted attempt may have paid it; never planned again.</summary>
    public const string LateSuccess = "late_success";

    /// <summary>How every reason begins that Routing gave: no channel reaches the obligation as things are.</summary>
    public const string NoChannelPrefix = "no_channel: ";

    /// <summary>Two parties gave the last attempt up without evidence.</summary>
    public const string ForcedCode = "FORCED";

    public static readonly string Forced = Of(InstructionState.Abandoned, ForcedCode);

    /// <summary>Longest reason kept, in characters.</summary>
    private const int TextMax = 200;

    /// <summary>After an attempt that ended without payment, e.g. <c>rejected: AC04</c>.</summary>
    public static string Of(InstructionState freed, string? code) =>
        Cut($"{freed.ToString().ToLowerInvariant()}: {code ?? "no code"}");

    /// <summary>Routing knows no channel for it.</summary>
    public static string NoChannel(string why) => Cut(NoChannelPrefix + why);

    private static string Cut(string text) => text.Length <= TextMax ? text : text[..TextMax];
}
