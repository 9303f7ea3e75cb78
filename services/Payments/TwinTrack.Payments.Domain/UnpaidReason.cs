namespace TwinTrack.Payments.Domain;

/// <summary>Why an obligation is unpaid now: a stable word, then a colon and the detail.</summary>
public static class UnpaidReason
{
    /// <summary>A contradicted attempt may have paid it; never planned again.</summary>
    public const string LateSuccess = "late_success";

    /// <summary>Prefix of every reason that Routing gave: no channel reaches the obligation now.</summary>
    public const string NoChannelPrefix = "no_channel: ";

    /// <summary>Two parties gave the last attempt up without evidence.</summary>
    public const string ForcedCode = "FORCED";

    public static readonly string Forced = Of(InstructionState.Abandoned, ForcedCode);

    /// <summary>Longest reason kept, in characters.</summary>
    private const int TextMax = 200;

    /// <summary>After an attempt that ended without payment, e.g. <c>rejected: AC04</c>.</summary>
    public static string Of(InstructionState freed, string? code) =>
        Cut($"{freed.ToString().ToLowerInvariant()}: {code ?? "no code"}");

    /// <summary>
    /// The reason of an obligation that a batch let go before its release. It is the end of its last attempt, or why
    /// there was none.
    /// </summary>
    /// <param name="last">The last attempt that left; null when none did.</param>
    /// <param name="code">The provider's code that ended it.</param>
    /// <param name="remainder">A partial delivery left it.</param>
    /// <param name="why">Routing's answer for the last plan.</param>
    public static string Again(InstructionState? last, string? code, bool remainder, string? why) =>
        last is { } state ? Of(state, code) : remainder ? Remainder.Reason : NoChannel(why ?? "not asked");

    /// <summary>Routing knows no channel for it.</summary>
    public static string NoChannel(string why) => Cut(NoChannelPrefix + why);

    private static string Cut(string text) => text[..Math.Min(text.Length, TextMax)];
}
