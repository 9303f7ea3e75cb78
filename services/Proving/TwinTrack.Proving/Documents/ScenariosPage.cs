using TwinTrack.Proving.Scenarios;
using TwinTrack.Proving.Scenarios.Language;

namespace TwinTrack.Proving.Documents;

/// <summary>How to write a scenario. Its tables are the ones that the parser reads by.</summary>
internal static class ScenariosPage
{
    private const string Prose = """
        # Scenarios
        A scenario is a text file. It describes a disruption of payments and the figures that must hold at its end.
        `./twintrack scenario run FILE` starts one process with simulated providers and invented people. It does what
        each line says over the HTTP API, with the account of the person whose task it is. It prints what happens. The
        totals come from the providers' own records.

            # One region loses access; the rest of the country is paid as planned.
            households 300
            channel t1-momo sends 10 payments a second

            pay the cycle
            when 10 % of the payments are sent over track 1
            switch areas NE003, NE006 from track 1 to track 2 because no_access
            when nothing moves
            expect paid over track 2 outside areas NE003, NE006 0

            finish the cycle
            expect unpaid 0
            expect paidTwice 0

        | command | |
        | --- | --- |
        | `scenario list` | lists the shipped scenarios: SHIPPED |
        | `scenario check FILE` | reads the file and prints every fault with its line; runs nothing |
        | `scenario run FILE [--json] [--keep]` | runs a file, or a shipped scenario by its name; `--keep`: stays up |
        | `scenario run FILE FILE ... [--json]` | runs several in one process, two at a time; `--json`: prints totals |

        The exit code is one of these:
        * 0: every total and every expectation holds.
        * 1: an expectation does not hold (`line 18: expect paidTwice 0: found 3`), a line failed, or the time limit was
          reached. The command prints what it waited for.
        * 2: the file cannot be read. Nothing was run.

        The shipped files are in `services/Proving/TwinTrack.Proving/Scenarios/Shipped`. Copy a file and change it.

        ## What a scenario starts with
        * Track 1 has three channels: `t1-momo`, `t1-bank` and `t1-cash`.
        * Track 2 has one channel, `t2-agency`. It does not pay in NE001.
        * There are eight regions of Niger. Each household gets a monthly payment from `treasury`. In NE002 it also gets
          one from `nutrition-fund`.
        * Providers pay every order unless a line says otherwise.
        * A scenario has one cycle.

        Settings come first. Each line starts when the line before it has ended. An `expect` is checked when its line is
        reached. A switch stops the payments that it covers, and no gate. `resume` opens a gate that a `pause`
        closed. `#` begins a comment.

        ## The lines
        """;

    public static string Make()
    {
        var shipped = string.Join(", ", ShippedScenarios.Names.Select(name => $"`{name}`"));
        return $"{Prose.Replace("SHIPPED", shipped, StringComparison.Ordinal)}\n{Grammar.Markdown()}";
    }
}
