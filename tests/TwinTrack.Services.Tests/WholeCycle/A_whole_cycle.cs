using System.Text.Json;
using TwinTrack.Embedded;
using TwinTrack.Services.Tests.Postgres;

namespace TwinTrack.Services.Tests.WholeCycle;

/// <summary>
/// From a registry file to a certificate, with Track 1 suspended in the middle, over HTTP and against real providers'
/// protocols.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class A_whole_cycle(PostgresServer postgres, ITestOutputHelper output)
{
    private const int Households = 48;

    [Fact]
    public async Task Pays_everybody_once_over_both_tracks_on_sqlite() => await PayAsync([]);

    [Fact]
    public async Task Pays_everybody_once_over_both_tracks_on_postgres()
    {
        var settings = new List<string>();
        foreach (var module in AllModules.InReadingOrder())
        {
            settings.Add($"--ConnectionStrings:{module.Name}");
            settings.Add(await postgres.NewDatabaseAsync($"cycle_{module.Name}"));
        }

        await PayAsync([.. settings]);
    }

    private async Task PayAsync(string[] settings)
    {
        await using var providers = await Providers.StartAsync(seed: 7);
        await using var host = await TestHost.StartAsync(null, settings, null, AllModules.InReadingOrder());
        var call = new Caller(host);
        var script = new Script(providers, Households);

        foreach (var (name, work) in script.Steps)
        {
            output.WriteLine(Invariant($"{TimeProvider.System.GetLocalNow():HH:mm:ss.fff} {name}"));
            await work(call);
        }

        await Truth.CheckAsync(call, script, providers, "in a quiet cycle");
        var report = await call.GetAsync("auditor", $"/payments/batches/{script.Batch}/report");
        output.WriteLine(report.ToString());
        Settled(report, track: 1).Should().BePositive("part of it went out before the suspension");
        Settled(report, track: 2).Should().BePositive("the rest went over the partner");
        report.GetProperty("movedByEvidence").GetProperty("neverSent").GetInt32().Should().BePositive();
        report.GetProperty("heldInDoubt").GetInt32().Should().BePositive("some did not answer");
    }

    private static long Settled(JsonElement report, int track) => report.GetProperty("settled").EnumerateArray()
        .Where(row => row.GetProperty("track").GetInt32() == track).Sum(row => row.GetProperty("count").GetInt64());
}
