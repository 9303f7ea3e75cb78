using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>Refusals about the suspension of a track, in order of precedence.</summary>
public static class SuspensionRefusals
{
    /// <summary>Never succeeds as asked.</summary>
    public static Refusal Invalid(string why) => new("suspension.invalid", why, RefusalKind.Invalid);

    /// <summary>Never succeeds: there is no such suspension.</summary>
    public static readonly Refusal Unknown = new("suspension.unknown",
        "No suspension has this id. Check the id in the list of suspensions (track list).", RefusalKind.NotFound);

    /// <summary>Never succeeds for this party.</summary>
    public static Refusal OtherParty(string party, int track) => new(
        "suspension.other_party",
            Invariant($"You asked about track {track}, and your party ({party}) does not act there. ")
            + "The government acts on both tracks, and the partner on track 2. Ask an operator of such a party.");

    /// <summary>May succeed once the other has ended, or for areas that it does not cover.</summary>
    public static Refusal InForce(Suspension other) => new(
        "suspension.in_force",
            Invariant($"Suspension {other.Id} already suspends track {other.Track} for {other.Programme} in ")
            + $"{(other.Areas.Count == 0 ? "all areas" : string.Join(", ", other.Areas))}. Name areas that it does "
            + "not cover, or end it first (track resume).",
        RefusalKind.Conflict);

    /// <summary>Nothing to do: somebody has ended it.</summary>
    public static Refusal Ended(Suspension ended) => new(
        "suspension.ended",
            Invariant($"Suspension {ended.Id} has already ended, by {ended.EndedBy}. There is nothing to do."),
            RefusalKind.Conflict);
}
