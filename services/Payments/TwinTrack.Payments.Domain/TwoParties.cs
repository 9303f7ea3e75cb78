using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>
/// An act for which the government and the partner answer together: one person of each, neither twice.
/// </summary>
public static class TwoParties
{
    /// <summary>
    /// The parties that can bear a loss: a provider or the system itself cannot decide about money that is not theirs.
    /// </summary>
    public static readonly string[] Parties = ["government", "partner"];

    /// <summary>Whether this person's party may propose at all.</summary>
    public static Result<Actor> First(Actor actor) => Parties.Contains(actor.Party) ? actor : IncidentRefusals.NoParty;

    public static Result<Actor> Second(Actor first, Actor second)
    {
        if (!Parties.Contains(second.Party))
        {
            return IncidentRefusals.NoParty;
        }

        // One account may not lend itself to two parties either.
        return first.User == second.User ? IncidentRefusals.SamePerson
            : first.Party == second.Party ? IncidentRefusals.SameParty
            : second;
    }
}
