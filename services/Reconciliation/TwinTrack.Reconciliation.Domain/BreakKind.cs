using System.Collections.Frozen;
using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

/// <summary>A difference between us and a provider.</summary>
public enum BreakKind
{
    /// <summary>A line names no instruction of ours.</summary>
    UnknownReference,

    /// <summary>Paid or returned, but another amount or currency than ours.</summary>
    AmountDiffers,

    /// <summary>The provider paid, but our state is not settled.</summary>
    PaidNotSettled,

    /// <summary>Our state is settled, but a final statement that covers its day does not show it.</summary>
    SettledNotOnStatement,

    /// <summary>The provider returned the money, but our state is not returned.</summary>
    ReturnedNotBooked,

    /// <summary>A second line for a payment or return that happened once.</summary>
    DuplicateLine,
}

/// <summary>Word on the wire and duty of each kind.</summary>
public static class BreakKinds
{
    private static readonly FrozenDictionary<BreakKind, (string Word, string Role)> Table =
        new Dictionary<BreakKind, (string, string)>
        {
            [BreakKind.UnknownReference] = ("unknown_reference", Role.Reconciler),
            [BreakKind.AmountDiffers] = ("amount_differs", Role.Finance),
            [BreakKind.PaidNotSettled] = ("paid_not_settled", Role.Operator),
            [BreakKind.SettledNotOnStatement] = ("settled_not_on_statement", Role.Reconciler),
            [BreakKind.ReturnedNotBooked] = ("returned_not_booked", Role.Finance),
            [BreakKind.DuplicateLine] = ("duplicate_line", Role.Finance),
        }.ToFrozenDictionary();

    public static string WordOf(BreakKind kind) => Table[kind].Word;

    /// <summary>
    /// Party and role that must resolve it: <c>partner/operator</c>. A line without our reference belongs to the
    /// government.
    /// </summary>
    /// <param name="kind">What differs.</param>
    /// <param name="track">2 is the partner's; 1, and 0 for unknown, the government's.</param>
    public static string OwnerOf(BreakKind kind, int track) =>
        $"{Word.Of(track == Track.Aligned ? Party.Partner : Party.Government)}/{Table[kind].Role}";

    /// <summary>The kind of break for a line's verdict; null when there is none.</summary>
    public static BreakKind? Of(LineVerdict verdict) => verdict switch
    {
        LineVerdict.UnknownReference => BreakKind.UnknownReference,
        LineVerdict.AmountDiffers => BreakKind.AmountDiffers,
        LineVerdict.PaidNotSettled => BreakKind.PaidNotSettled,
        LineVerdict.ReturnedNotBooked => BreakKind.ReturnedNotBooked,
        LineVerdict.DuplicateLine => BreakKind.DuplicateLine,
        _ => null,
    };
}
