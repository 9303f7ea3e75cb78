using System.CommandLine;
using System.Text.Json;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Cli.Commands;

/// <summary>
/// audit verify: downloads every service's chain and computes it again, without a line of the services' own code.
/// </summary>
internal static class AuditVerify
{
    public static Command Build() =>
        new Command("verify", "Verify the hash chain of every service's audit record.").Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Api api, Story story, CancellationToken cancel)
    {
        var chains = await story.ProgressAsync("Verifying", report => AuditChain.VerifyAllAsync(api, report, cancel));
        if (parsed.GetValue(RemoteOptions.Json))
        {
            JsonView.Print(JsonSerializer.SerializeToElement(chains, JsonSerializerOptions.Web), json: true);
        }

        foreach (var chain in chains)
        {
            story.Line(
                $"{chain.Service,-16} {Story.Number(chain.Entries),10} entries  "
                    + $"{(chain.Broken is null ? "unbroken, last " + chain.LastHash : "BROKEN: " + chain.Broken)}");
        }

        return chains.TrueForAll(chain => chain.Broken is null) ? ExitCode.Ok : ExitCode.DoesNotHold;
    }
}
