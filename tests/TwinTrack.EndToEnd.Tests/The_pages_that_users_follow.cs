using System.Text.Json;
using System.Text.RegularExpressions;
using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Systems;
using TwinTrack.Running;

namespace TwinTrack.EndToEnd.Tests;

/// <summary>
/// Runs the commands of the README's five minutes and of the first cycle, as they stand there, in one shell. It fills
/// in the last id of a kind, the last hash, and the port of a simulator, as a reader does.
/// </summary>
public sealed partial class The_pages_that_users_follow(RunningHost running)
    : IClassFixture<RunningHost>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly string _work = Directory.CreateTempSubdirectory("twintrack-pages-").FullName;
    private readonly List<Simulator> _simulators = [];

    public async ValueTask InitializeAsync()
    {
        using var people = new People(running.Host.Address, TimeSpan.FromMinutes(2));
        await people.LogInAsync(CancellationToken.None);
        await DemoChannels.StartAsync(_simulators, _work, seed: 1, DemoChannels.NoFaults, CancellationToken.None);
        await DemoChannels.RegisterAsync(
            people.Admin, running.Host.Address, _simulators, static simulator => simulator.Address,
            static _ => ChannelPace.Unhurried, [], CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var simulator in _simulators)
        {
            await simulator.DisposeAsync();
        }

        Directory.Delete(_work, recursive: true);
    }

    [Fact]
    public async Task Lead_from_a_file_to_a_certificate_and_over_a_switch_as_they_are_written()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Installation.Sources(), "README.md"));
        var page = await File.ReadAllTextAsync(
            Path.Combine(Installation.Sources(), "docs", "start", "first-cycle.md"));
        var minutes = readme[readme.IndexOf("## Five minutes", StringComparison.Ordinal)..];
        // The first block starts the host, which the test has started already.
        string[] blocks = [.. BlocksOf(minutes[..minutes.IndexOf("## The map", StringComparison.Ordinal)]).Skip(1),
            .. BlocksOf(page)];
        blocks.Should().HaveCountGreaterThan(6);

        var ended = await RunAsync(blocks);

        ended.Code.Should().Be(0, $"{ended.Output}\n{ended.Errors}");
        ended.Output.Should().Contain("number.scientific", "a row of the README's file is rejected")
            .And.Contain("\nstate  Certified", "the first batch is certified");
        var report = await ReportAsync(LastId(ended.Output, "bat"));
        report.GetProperty("settled").EnumerateArray()
            .Select(row => (row.GetProperty("track").GetInt32(), row.GetProperty("count").GetInt64())).Should()
            .Equal((2, 2L));
    }

    private async Task<CommandResult> RunAsync(IEnumerable<string> blocks)
    {
        var script = Path.Combine(_work, "pages.sh");
        await File.WriteAllTextAsync(script, $$"""
            set -u
            cd "{{_work}}"
            : > log
            last() { grep -oE "$1_[0-9a-f]{32}" log | tail -1; }
            hash() { grep -E '^(contentHash|hash) ' log | grep -oE '[0-9a-f]{64}' | tail -1; }
            twintrack() {
              # A statement and a certificate wait for the providers: a person repeats the command.
              for attempt in $(seq 60); do
                if dotnet "{{Installation.Program("TwinTrack.Proving")}}" "$@" > one 2>&1; then
                  cat one >> log; cat one; return
                fi
                [ "$1" = reconcile ] || break
                sleep 1
              done
              echo "twintrack $* was refused:"; cat one; exit 1
            }
            {{string.Join("\n", blocks.Select(Filled))}}
            """);
        return await CommandRun.RunAsync(
            CommandRun.Describe("bash", _work, [script],
                ("TWINTRACK_HOST", running.Host.Address.ToString()), ("TWINTRACK_HOME", _work)),
            Patience, CancellationToken.None);
    }

    private string Filled(string block)
    {
        var text = block.Replace("./twintrack ", "twintrack ", StringComparison.Ordinal)
            .Replace("HASH", "$(hash)", StringComparison.Ordinal);
        text = IdLeftOut().Replace(text, "$$(last $1)");
        return PortLeftOut().Replace(text, found => found.Value.Replace(
            "PORT",
            Invariant($"{_simulators.Single(one => one.Channel == found.Groups[1].Value).Address.Port}"),
            StringComparison.Ordinal));
    }

    private async Task<JsonElement> ReportAsync(string batch)
    {
        using var people = new People(running.Host.Address, TimeSpan.FromMinutes(2));
        await people.LogInAsync(CancellationToken.None);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var report = await people.Auditor.GetAsync($"/payments/batches/{batch}/report", limit.Token);
            if (report.GetProperty("settled").GetArrayLength() > 0
                && report.GetProperty("underWay").GetProperty("count").GetInt64() == 0)
            {
                return report;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }
    }

    private static string LastId(string output, string kind) =>
        Regex.Matches(output, $"{kind}_[0-9a-f]{{32}}", RegexOptions.CultureInvariant)[^1].Value;

    private static IEnumerable<string> BlocksOf(string markdown) =>
        Block().Matches(markdown).Select(block => block.Groups[1].Value);

    [GeneratedRegex(
        "^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Block();

    [GeneratedRegex(@"\b([a-z]+)_\.\.\.", RegexOptions.CultureInvariant)]
    private static partial Regex IdLeftOut();

    [GeneratedRegex(@"^curl .*PORT.* -o ([a-z0-9-]+)\.csv\b", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PortLeftOut();
}
