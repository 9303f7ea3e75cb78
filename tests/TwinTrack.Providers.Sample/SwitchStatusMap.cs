using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Sample;

// <status-map>
/// <summary>The switch's words. A word that is not listed is unknown, and so in doubt.</summary>
public static class SwitchStatusMap
{
    internal const string Submission = "submission";
    internal const string Query = "query";

    private const string Accounts = "fictitious scheme rules 4.2: follows from the body alone, so every copy meets it";
    private const string Final = "fictitious scheme rules 5.1: final, and never executed";

    public static readonly StatusMap Table = new(
        new(Submission, "RCVD", Outcome.Accepted, Grade.C, "fictitious scheme rules 4.1"),
        new(Submission, "ACSC", Outcome.Settled, Grade.A, "fictitious scheme rules 4.1"),
        new(Submission, "RJCT/AC01", Outcome.Rejected, Grade.A, Accounts),
        // AM04, no funds, refuses this copy only: an earlier copy may have been taken. It is not listed.
        new(Query, "RCVD", Outcome.Accepted, Grade.C, "fictitious scheme rules 5.1"),
        new(Query, "ACSC", Outcome.Settled, Grade.A, "fictitious scheme rules 5.1"),
        new(Query, "RJCT", Outcome.Rejected, Grade.A, Final));
}
// </status-map>
