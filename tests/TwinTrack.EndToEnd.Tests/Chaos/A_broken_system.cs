using System.Text.Json;
using TwinTrack.Running;

namespace TwinTrack.EndToEnd.Tests.Chaos;

/// <summary>
/// CI's share of <c>./twintrack chaos</c>, with a new seed in each run, which is printed; longer runs are the command
/// itself.
/// </summary>
public sealed class A_broken_system(ITestOutputHelper output)
{
    private const string Minutes = "1";

    [Fact]
    public async Task Pays_no_one_twice_and_loses_no_one_in_one_process() => await BreakAsync("--embedded");

    [Fact]
    public async Task Pays_no_one_twice_and_loses_no_one_in_many_processes_on_servers()
    {
        foreach (var server in new[] { ServerPackage.Postgres, ServerPackage.Rabbit })
        {
            if (server.Find(server.Main) is null)
            {
                throw Xunit.Sdk.SkipException.ForSkip(
                    $"{server.Title} is not installed: './twintrack test' installs it on Debian when it may.");
            }
        }

        await BreakAsync();
    }

    private async Task BreakAsync(params string[] more)
    {
        LongShare.SkipUnlessAsked();
        var run = await CommandLine.RunAsync(
            new Dictionary<string, string>(),
            ["chaos", "--minutes", Minutes, "--households", "150", "--json", .. more]);
        output.WriteLine(run.All);

        run.Code.Should().Be(0, run.All);
        var totals = run.Json;
        (Number(totals, "kills") + Number(totals, "restarts")).Should().BePositive();
        Number(totals, "payments").Should().BePositive();
        Number(totals, "paidTwice").Should().Be(0);
        Number(totals, "lost").Should().Be(0);
        Number(totals, "ledgerSum").Should().Be(0);
        Number(totals, "deadLettered").Should().Be(0);
    }

    private static long Number(JsonElement from, string name) => from.GetProperty(name).GetInt64();
}
