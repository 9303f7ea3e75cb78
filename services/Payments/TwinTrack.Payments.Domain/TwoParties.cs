using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>
/// An act for which the government and the partner answer together. It needs two different people, one of each party.
/// </summary>
public static class TwoParties
{
    /// <summary>Whether this person's party may propose.</summary>
    public static Result<Actor> First(Actor actor) => CanBearLoss(actor) ? actor : IncidentRefusals.NoParty;

    public static Result<Actor> Second(Actor first, Actor second)
    {
        if (!CanBearLoss(second))
        {
            return IncidentRefusals.NoParty;
        }

        // One account must not act for two parties.
        return first.IsSamePersonAs(second) ? IncidentRefusals.SamePerson
            : first.Party == second.Party ? IncidentRefusals.SameParty
            : second;
    }

    /// <summary>
    /// Only the two parties can bear a loss. A provider, or the system itself, cannot decide about money that it does
    /// not own.
    /// </summary>
    private static bool CanBearLoss(Actor actor) => Word.Read<Party>(actor.Party) is not null;
}
