using System.Text.Json;
using Xunit.Abstractions;

namespace TwinTrack.EndToEnd.Tests.Chaos;

/// <summary>CI's share of <c>./twintrack chaos</c>; longer runs are the command itself.</summary>
public sealed class Chaos_on_the_embedded_host(ITestOutputHelper output)
{
    [Fact]
    public async Task Pays_no_one_twice_and_loses_no_one()
    {
        var run = await CommandLine.RunAsync(new Dictionary<string, string>(), "chaos", "--embedded", "--minutes", "1", "--json");
        output.WriteLine(run.All);

        run.Code.Should().Be(0, run.All);
        var totals = run.Json;
        Number(totals, "kills").Should().BePositive();
        Number(totals, "payments").Should().BePositive();
        Number(totals, "paidTwice").Should().Be(0);
        Number(totals, "lost").Should().Be(0);
        Number(totals, "ledgerSum").Should().Be(0);
        totals.GetProperty("secondsToQuiet").GetDouble().Should().BeLessThan(120);
    }

    private static long Number(JsonElement from, string name) => from.GetProperty(name).GetInt64();
}
