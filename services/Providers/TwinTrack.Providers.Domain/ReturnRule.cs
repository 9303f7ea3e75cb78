using static TwinTrack.Providers.Domain.ListStanding;
using static TwinTrack.Providers.Domain.ReturnKind;

namespace TwinTrack.Providers.Domain;

/// <summary>What a partner's return reports for one order.</summary>
public enum ReturnKind
{
    /// <summary>The whole amount was handed out.</summary>
    Full,

    /// <summary>A part of the amount was handed out.</summary>
    Partial,

    /// <summary>The partner paid nothing.</summary>
    NotPaid,

    /// <summary>It was tried and failed.</summary>
    Unsuccessful,

    /// <summary>Not tried, or not finished.</summary>
    Pending,

    /// <summary>The partner's definition does not list the code.</summary>
    Unlisted,

    /// <summary>The return does not name the order.</summary>
    Missing,
}

public enum ListStanding
{
    /// <summary>More may be handed out.</summary>
    Open,

    /// <summary>The partner declares that nothing more will be handed out on this list.</summary>
    Closed,
}

/// <param name="Why">In one sentence.</param>
public sealed record ReturnRow(ReturnKind Kind, ListStanding List, Outcome Outcome, Grade Grade, string Why);

/// <summary>What each line of a return proves. The table lists every case, and no other code decides.</summary>
public static class ReturnRule
{
    public static readonly IReadOnlyList<ReturnRow> Table =
    [
        new(Full, Open, Outcome.Settled, Grade.A, "paid, whatever happens to the other orders of the list"),
        new(Full, Closed, Outcome.Settled, Grade.A, "paid"),

        // Settled with its amount. The remainder becomes a separate obligation that the system never pays by itself. So
        // if the rest is handed out later, it is not paid twice.
        new(Partial, Open, Outcome.Settled, Grade.A,
            "the reported amount is paid; the rest stays owed and is never paid by itself"),
        new(Partial, Closed, Outcome.Settled, Grade.A,
            "the reported amount is paid; the rest stays owed and is never paid by itself"),

        // The person may still come to the next distribution of an open list.
        new(NotPaid, Open, Outcome.Unknown, Grade.D, "may still be handed out"),
        new(NotPaid, Closed, Outcome.Rejected, Grade.A, "never handed out, and the list is over"),
        new(Unsuccessful, Open, Outcome.Unknown, Grade.D, "may be tried again"),
        new(Unsuccessful, Closed, Outcome.Rejected, Grade.A, "failed, and the list is closed"),
        new(Pending, Open, Outcome.Unknown, Grade.D, "under way"),
        new(Pending, Closed, Outcome.Unknown, Grade.D,
            "the list is closed but has a pending order; one of the two is wrong"),
        new(Unlisted, Open, Outcome.Unknown, Grade.D, "the partner's definition does not list this code"),
        new(Unlisted, Closed, Outcome.Unknown, Grade.D, "the partner's definition does not list this code"),

        // Absence is a proof only on a final statement after the order's validity (EXPIRED_ABSENT).
        new(Missing, Open, Outcome.Unknown, Grade.D, "the return does not name this order, which proves nothing"),
        new(Missing, Closed, Outcome.Unknown, Grade.D, "the return does not name this order, which proves nothing"),
    ];

    private static readonly Dictionary<(ReturnKind, ListStanding), ReturnRow> Rows =
        Table.ToDictionary(row => (row.Kind, row.List));

    public static ReturnRow Of(ReturnKind kind, ListStanding list) => Rows[(kind, list)];

    /// <summary>
    /// The kind for a delivered amount and a due amount, minor units. Null when more was delivered than due, which is
    /// never valid.
    /// </summary>
    public static ReturnKind? KindOf(long delivered, long due) =>
        delivered > due ? null : delivered == due ? Full : delivered > 0 ? Partial : NotPaid;
}
