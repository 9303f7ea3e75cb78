using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Rules;

/// <summary>
/// A line of the access log: whether an area could be entered, since when, and who says so. Its id is the area.
/// </summary>
/// <param name="Area">As <see cref="AreaPattern"/>.</param>
/// <param name="Authority">Code of the authority that holds the area; null where unknown.</param>
public sealed record AreaAccess(string Area, bool Accessible, DateOnly Since, string ReportedBy,
    string? Authority = null, string? Note = null) : Rule
{
    public override IReadOnlyList<string> AreasOf() => [Area];

    public override string? Fault() => this switch
    {
        _ when !AreaPattern.IsValid(Area) => "area: a P-code, one with * behind, or *.",
        _ when !IsText(ReportedBy) => "reportedBy: who reports it.",
        _ when Authority is not null && !Word.IsCode(Authority) => "authority: a code.",
        { Note.Length: > TextMax } => $"note: at most {TextMax} characters.",
        _ => null,
    };

    /// <summary>Cash needs access to the area. A payment to a wallet or an account does not.</summary>
    public static bool IsNeededBy(RouteChannel channel) => channel.Abilities is null or { PaysByHand: true };
}

/// <summary>A partner declines to pay whole areas or given obligations. Routing tries the next channel.</summary>
/// <param name="Areas">As <see cref="AreaPattern"/>; may be empty where obligations are given.</param>
/// <param name="Obligations">Ids, obl_...; may be empty where areas are given.</param>
/// <param name="Until">The last day; null until it is ended.</param>
public sealed record Decline(string Channel, IReadOnlyList<string> Areas, IReadOnlyList<string> Obligations,
    string Reason, DateOnly? Until = null) : Rule
{
    private const int ObligationsMax = 1_000;

    public override IReadOnlyList<string>? AreasOf() => Obligations.Count > 0 ? null : Areas;

    public override string? Fault() => this switch
    {
        _ when !Word.IsCode(Channel) => "channel: a channel's code.",
        _ when !IsText(Reason) => $"reason: 1 to {TextMax} characters.",
        _ when Areas is null || Obligations is null || Areas.Count + Obligations.Count == 0 =>
            "areas or obligations: at least one.",
        _ when Areas.Count > 0 && !AreAreas(Areas) => "areas: P-codes, with * behind for all below, or *.",
        _ when Obligations.Count > ObligationsMax
            || !Obligations.All(id => Kernel.TypedId.TryParse<Kernel.ObligationId>(id, out _)) =>
            $"obligations: at most {ObligationsMax} of the form obl_....",
        _ => null,
    };

    /// <summary>
    /// Whether this person may speak for the channel. The person's party must be the channel's code, its provider, or
    /// the common party of its track. Track 1 belongs to the government. Another partner's people, and the government
    /// for a partner, may not.
    /// </summary>
    public static bool MayDeclineFor(Kernel.Actor actor, string code, string provider, int track) =>
        actor.Party == code || string.Equals(actor.Party, provider, StringComparison.OrdinalIgnoreCase)
        || actor.Party == Word.Of(track == Track.Government ? Party.Government : Party.Partner);

    public bool Covers(RouteCandidate one) =>
        Channel == one.Channel.Code
        && !(one.Day > Until)
        && (Areas.Any(one.IsIn) || (one.Request.Obligation is { } id && Obligations.Contains(id.ToString())));
}
