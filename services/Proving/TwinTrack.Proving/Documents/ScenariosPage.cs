using TwinTrack.Proving.Scenarios;
using TwinTrack.Proving.Scenarios.Language;

namespace TwinTrack.Proving.Documents;

/// <summary>How to write a scenario. Its tables are the ones that the parser reads by.</summary>
internal static class ScenariosPage
{
    private const string Prose = """
        # Scenarios
        A disruption in plain lines, and what must be so at its end. `./twintrack scenario run FILE` makes a world for
        it (one process, simulated providers, made-up people), does what the lines say over the HTTP API as the people
        whose job it is, tells what happens, and takes the sums from the providers' own books.

            # One region loses access; the rest of the country is paid as planned.
            households 300
            channel t1-momo sends 10 payments a second

            pay the cycle
            when 10 % of the payments are sent over track 1
            switch areas NE003, NE006 from track 1 to track 2 because no_access
            resume track 1 because "the other six regions are paid as planned"
            when nothing moves
            expect paid over track 2 outside areas NE003, NE006 0

            finish the cycle
            expect unpaid 0
            expect paidTwice 0

        | command | |
        | --- | --- |
        | `scenario list` | those that are shipped: SHIPPED |
        | `scenario check FILE` | reads it and tells what is wrong, all of it, by line; runs nothing |
        | `scenario run FILE [--json] [--keep]` | runs a file or a shipped one; `--json`: totals; `--keep`: stays up |

        Exit code 0: every sum and every expectation holds. 1: one does not (`line 18: expect paidTwice 0: found 3`), or
        a line could not be done, or the time was over; what was waited for is said. 2: the file cannot be read, and
        nothing was run. The shipped files are in `services/Proving/TwinTrack.Proving/Scenarios/Shipped`: copy one and
        change it.

        ## The world
        Three channels of Track 1 (`t1-momo`, `t1-bank`, `t1-cash`), one of Track 2 (`t2-agency`), which does not work
        in NE001; eight regions of Niger; a monthly payment out of `treasury`, and in NE002 a second one out of
        `nutrition-fund`. Providers do as they are told unless a line says otherwise. One scenario is one cycle.

        Settings come first. Then each line is done when the one before it is done; an `expect` is looked at when it is
        reached. After a switch of all areas Track 1 stays closed until a `return`; after one of some areas `resume`
        opens it for the rest. `#` begins a comment.

        ## The lines
        """;

    public static string Make()
    {
        var shipped = string.Join(", ", ShippedScenarios.Names.Select(name => $"`{name}`"));
        return $"{Prose.Replace("SHIPPED", shipped, StringComparison.Ordinal)}\n{Grammar.Markdown()}";
    }
}
