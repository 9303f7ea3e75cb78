namespace TwinTrack.Providers.Domain.Callbacks;

/// <summary>When a callback comes, seen from the unit that it is about.</summary>
public enum CallbackTiming
{
    /// <summary>
    /// Our call has not ended: the provider was quicker than its own answer. The journal is committed, or there would
    /// be nothing to call back about.
    /// </summary>
    Early,

    /// <summary>An order of the unit has no final word.</summary>
    InTime,

    /// <summary>Every order has its final word.</summary>
    Late,

    /// <summary>It names no unit and no order of the channel.</summary>
    Stray,
}

/// <summary>Whether the same has come before.</summary>
public enum CallbackNovelty
{
    /// <summary>
    /// Bytes that have not come before, also when they say the opposite of what did: nobody believes either.
    /// </summary>
    New,

    /// <summary>The same message by its signed id: a retry, or a replay.</summary>
    Repeated,

    /// <summary>The same bytes, and no id to tell a retry from a second event.</summary>
    RepeatedUnsigned,
}

/// <summary>
/// What a callback does. There is no effect that settles, rejects or frees: only an answer to our question does, or a
/// document of evidence.
/// </summary>
public enum CallbackEffect
{
    /// <summary>The provider is asked about the unit now.</summary>
    AskNow,

    /// <summary>The provider is asked as soon as our call has ended.</summary>
    AskAfterCall,

    /// <summary>The provider is asked once more; what contradicts the final word opens an incident.</summary>
    AskOnceMore,

    /// <summary>Counted on the evidence there is.</summary>
    Count,

    /// <summary>Kept for a person to explain.</summary>
    KeepUnmatched,
}

/// <summary>One cell.</summary>
public sealed record CallbackCell(CallbackTiming Moment, CallbackNovelty Novelty, CallbackEffect Effect);

/// <summary>What each callback does, by when it comes and whether it came before: every pair has one row.</summary>
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
    /// <param name="open">Whether an order of it has no final word.</param>
    public static CallbackTiming MomentOf(bool called, bool open) =>
        !called ? CallbackTiming.Early : open ? CallbackTiming.InTime : CallbackTiming.Late;

    /// <summary>Whether the unit is to be asked about, now or when our call has ended.</summary>
    public static bool Asks(CallbackEffect effect) =>
        effect is CallbackEffect.AskNow or CallbackEffect.AskAfterCall or CallbackEffect.AskOnceMore;
}
