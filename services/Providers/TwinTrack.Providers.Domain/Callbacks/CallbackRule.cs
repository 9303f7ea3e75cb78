namespace TwinTrack.Providers.Domain.Callbacks;

/// <summary>When a callback comes, seen from the unit that it is about.</summary>
public enum CallbackMoment
{
    /// <summary>Our call has not ended: the provider was quicker than its own answer. The journal is committed, or there would be nothing to call back about.</summary>
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
    /// <summary>Bytes that have not come before, also when they say the opposite of what did: nobody believes either.</summary>
    New,

    /// <summary>The same message by its signed id: a retry, or a replay.</summary>
    Repeated,

    /// <summary>The same bytes, and no id to tell a retry from a second event.</summary>
    RepeatedUnsigned,
}

/// <summary>What a callback does. There is no effect that settles, rejects or frees: only an answer to our question does, or a document of evidence.</summary>
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
public sealed record CallbackCell(CallbackMoment Moment, CallbackNovelty Novelty, CallbackEffect Effect);

/// <summary>What each callback does, by when it comes and whether it came before: every pair has one row.</summary>
public static class CallbackRule
{
    public static readonly IReadOnlyList<CallbackCell> Table =
    [
        new(CallbackMoment.Early, CallbackNovelty.New, CallbackEffect.AskAfterCall),
        new(CallbackMoment.Early, CallbackNovelty.Repeated, CallbackEffect.Count),
        new(CallbackMoment.Early, CallbackNovelty.RepeatedUnsigned, CallbackEffect.AskAfterCall),
        new(CallbackMoment.InTime, CallbackNovelty.New, CallbackEffect.AskNow),
        new(CallbackMoment.InTime, CallbackNovelty.Repeated, CallbackEffect.Count),
        new(CallbackMoment.InTime, CallbackNovelty.RepeatedUnsigned, CallbackEffect.AskNow),
        new(CallbackMoment.Late, CallbackNovelty.New, CallbackEffect.AskOnceMore),
        new(CallbackMoment.Late, CallbackNovelty.Repeated, CallbackEffect.Count),
        new(CallbackMoment.Late, CallbackNovelty.RepeatedUnsigned, CallbackEffect.Count),
        new(CallbackMoment.Stray, CallbackNovelty.New, CallbackEffect.KeepUnmatched),
        new(CallbackMoment.Stray, CallbackNovelty.Repeated, CallbackEffect.Count),
        new(CallbackMoment.Stray, CallbackNovelty.RepeatedUnsigned, CallbackEffect.Count),
    ];

    private static readonly Dictionary<(CallbackMoment, CallbackNovelty), CallbackEffect> Effects = Table.ToDictionary(cell => (cell.Moment, cell.Novelty), cell => cell.Effect);

    public static CallbackEffect EffectOf(CallbackMoment moment, CallbackNovelty novelty) => Effects[(moment, novelty)];

    /// <param name="called">Whether our call about the unit has ended.</param>
    /// <param name="open">Whether an order of it has no final word.</param>
    public static CallbackMoment MomentOf(bool called, bool open) => !called ? CallbackMoment.Early : open ? CallbackMoment.InTime : CallbackMoment.Late;

    /// <summary>Whether the unit is to be asked about, now or when our call has ended.</summary>
    public static bool Asks(CallbackEffect effect) => effect is CallbackEffect.AskNow or CallbackEffect.AskAfterCall or CallbackEffect.AskOnceMore;
}
