namespace TwinTrack.Providers.Domain.Callbacks;

/// <summary>When a callback comes, relative to its unit.</summary>
public enum CallbackTiming
{
    /// <summary>
    /// Our call has not ended, and the callback came before the answer. The journal is already committed, because the
    /// unit was sent.
    /// </summary>
    Early,

    /// <summary>An order of the unit has no final outcome.</summary>
    InTime,

    /// <summary>Every order has its final word.</summary>
    Late,

    /// <summary>It names no unit and no order of the channel.</summary>
    Stray,
}

/// <summary>Whether the same has come before.</summary>
public enum CallbackNovelty
{
    /// <summary>Bytes that have not come before, even if they contradict earlier bytes. Neither is trusted.</summary>
    New,

    /// <summary>The same message by its signed id: a retry, or a replay.</summary>
    Repeated,

    /// <summary>The same bytes without an id. A retry cannot be told from a second event.</summary>
    RepeatedUnsigned,
}

/// <summary>
/// The effect of a callback. No effect settles, rejects or frees an order. Only an answer to our question, or a
/// document, does that.
/// </summary>
public enum CallbackEffect
{
    /// <summary>The provider is asked about the unit now.</summary>
    AskNow,

    /// <summary>The provider is asked as soon as our call has ended.</summary>
    AskAfterCall,

    /// <summary>
    /// The provider is asked once more. An answer that contradicts the final outcome opens an incident.
    /// </summary>
    AskOnceMore,

    /// <summary>Counted on the evidence there is.</summary>
    Count,

    /// <summary>Kept for a person to explain.</summary>
    KeepUnmatched,
}

/// <summary>One cell.</summary>
public sealed record CallbackCell(CallbackTiming Moment, CallbackNovelty Novelty, CallbackEffect Effect);

/// <summary>The effect of each callback, by its timing and whether it came before. Every pair has one row.</summary>
public static class CallbackRule
{
    public static readonly IReadOnlyList<CallbackCell> Table =
    [
        new(CallbackTiming.Early, CallbackNovelty.New, CallbackEffect.AskAfterCall),
        new(CallbackTiming.Early, CallbackNovelty.Repeated, CallbackEffect.Count),
        new(CallbackTiming.Early, CallbackNovelty.RepeatedUnsigned, CallbackEffect.AskAfterCall),
        new(CallbackTiming.InTime, CallbackNovelty.New, CallbackEffect.AskNow),
        new(CallbackTiming.InTime, CallbackNovelty.Repeated, CallbackEffect.Count),
        new(CallbackTiming.InTime, CallbackNovelty.RepeatedUnsigned, CallbackEffect.AskNow),
        new(CallbackTiming.Late, CallbackNovelty.New, CallbackEffect.AskOnceMore),
        new(CallbackTiming.Late, CallbackNovelty.Repeated, CallbackEffect.Count),
        new(CallbackTiming.Late, CallbackNovelty.RepeatedUnsigned, CallbackEffect.Count),
        new(CallbackTiming.Stray, CallbackNovelty.New, CallbackEffect.KeepUnmatched),
        new(CallbackTiming.Stray, CallbackNovelty.Repeated, CallbackEffect.Count),
        new(CallbackTiming.Stray, CallbackNovelty.RepeatedUnsigned, CallbackEffect.Count),
    ];

    private static readonly Dictionary<(CallbackTiming, CallbackNovelty), CallbackEffect> Effects =
        Table.ToDictionary(cell => (cell.Moment, cell.Novelty), cell => cell.Effect);

    public static CallbackEffect EffectOf(CallbackTiming moment, CallbackNovelty novelty) => Effects[(moment, novelty)];

    /// <param name="called">Whether our call about the unit has ended.</param>
    /// <param name="open">Whether an order of the unit has no final outcome.</param>
    public static CallbackTiming MomentOf(bool called, bool open) =>
        !called ? CallbackTiming.Early : open ? CallbackTiming.InTime : CallbackTiming.Late;

    /// <summary>Whether to ask about the unit, now or after our call has ended.</summary>
    public static bool Asks(CallbackEffect effect) =>
        effect is CallbackEffect.AskNow or CallbackEffect.AskAfterCall or CallbackEffect.AskOnceMore;
}
