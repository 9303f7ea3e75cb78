using static TwinTrack.Providers.Domain.ListStanding;
using static TwinTrack.Providers.Domain.ReturnKind;

namespace TwinTrack.Providers.Domain;

/// <summary>What a partner's return says of one order.</summary>
public enum ReturnKind
{
    /// <summary>All that was due was handed out.</summary>
    Full,

    /// <summary>Something was, and less than was due.</summary>
    Partial,

    /// <summary>Nothing was.</summary>
    Zero,

    /// <summary>It was tried and failed.</summary>
    Unsuccessful,

    /// <summary>Not tried, or not finished.</summary>
    Pending,

    /// <summary>Said in a word that the partner's definition does not list.</summary>
    Unlisted,

    /// <summary>The order does not stand in the return at all.</summary>
    Missing,
}

public enum ListStanding
{
    /// <summary>More may be handed out.</summary>
    Open,

    /// <summary>The partner declares that nobody will hand out anything on it any more.</summary>
    Closed,
}

/// <param name="Why">In one sentence.</param>
public sealed record ReturnRow(ReturnKind Kind, ListStanding List, Outcome Outcome, Grade Grade, string Why);

/// <summary>What each line of a return proves. Every cell stands here; nothing else decides.</summary>
public static class ReturnRule
{
    public static readonly IReadOnlyList<ReturnRow> Table =
    [
        new(Full, Open, Outcome.Settled, Grade.A, "paid is paid, whatever becomes of the others"),
        new(Full, Closed, Outcome.Settled, Grade.A, "paid"),

        // With its amount: the remainder becomes an obligation of its own that no machine pays, so a later handing out
        // of the rest is no second payment.
        new(Partial, Open, Outcome.Settled, Grade.A,
            "paid as far as it says; the rest stays owed and is never paid by itself"),
        new(Partial, Closed, Outcome.Settled, Grade.A,
            "paid as far as it says; the rest stays owed and is never paid by itself"),

        // Not so far is not never: the same person may come to the next distribution of an open list.
        new(Zero, Open, Outcome.Unknown, Grade.D, "may still be handed out"),
        new(Zero, Closed, Outcome.Rejected, Grade.A, "never handed out, and the list is over"),
        new(Unsuccessful, Open, Outcome.Unknown, Grade.D, "may be tried again"),
        new(Unsuccessful, Closed, Outcome.Rejected, Grade.A, "failed, and the list is over"),
        new(Pending, Open, Outcome.Unknown, Grade.D, "under way"),
        new(Pending, Closed, Outcome.Unknown, Grade.D,
            "a list that is over with somebody pending in it says two things"),
        new(Unlisted, Open, Outcome.Unknown, Grade.D, "nobody has agreed what the word means"),
        new(Unlisted, Closed, Outcome.Unknown, Grade.D, "nobody has agreed what the word means"),

        // Only a final statement after the order's validity makes absence a proof (EXPIRED_ABSENT).
        new(Missing, Open, Outcome.Unknown, Grade.D, "a return says nothing of whom it does not name"),
        new(Missing, Closed, Outcome.Unknown, Grade.D, "a return says nothing of whom it does not name"),
    ];

    private static readonly Dictionary<(ReturnKind, ListStanding), ReturnRow> Rows =
        Table.ToDictionary(row => (row.Kind, row.List));

    public static ReturnRow Of(ReturnKind kind, ListStanding list) => Rows[(kind, list)];

    /// <summary>
    /// Which kind an amount is against what was due, minor units; null for more than was due, which no return may say.
    /// </summary>
    public static ReturnKind? KindOf(long delivered, long due) =>
        delivered > due ? null : delivered == due ? Full : delivered > 0 ? Partial : Zero;
}
