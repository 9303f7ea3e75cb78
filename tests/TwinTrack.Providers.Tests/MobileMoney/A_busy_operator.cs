using System.Diagnostics;
using System.Globalization;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Tests.Compliance;

namespace TwinTrack.Providers.Tests.MobileMoney;

/// <summary>
/// What an operator that answers at once costs us, its own part on the same machine included. The figures are printed.
/// </summary>
public sealed class A_busy_operator(ITestOutputHelper output)
{
    /// <summary>Bytes allocated for one order that is a call of its own, both ends of the wire together.</summary>
    private const long AllocatedMax = 256 * 1024;

    private static readonly (string Name, string Value)[] Fast =
        [("callsPerSecond", "10000"), ("asksPerSecond", "10000"), ("callsAtOnce", "16")];

    [Theory]
    [InlineData("gsma batch", 20, 500)]
    [InlineData("gsma single", 40, 50)]
    [InlineData("mtn", 40, 50)]
    public async Task Is_paid_through_and_asked(string profile, int units, int orders)
    {
        var settings = profile switch
        {
            "mtn" => Rigs.Mtn.Settings,
            "gsma batch" => [("mode", "batch")],
            _ => new (string Name, string Value)[] { ("mode", "single") },
        };
        await using var host = await ScriptedOperator.StartAsync(asked =>
            asked.Contains("token", StringComparison.Ordinal) ? (200, """{"access_token":"t","expires_in":3600}""")
            : asked.StartsWith("POST", StringComparison.Ordinal)
                ? (202, """{"serverCorrelationId":"s-1","status":"pending"}""")
            : (200, """{"status":"PENDING"}"""));
        using var us = new OurSide();
        var connection = OurSide.Connection(host.Address, "KES", [.. settings, .. Fast]);
        var adapter = us.Adapter;

        var sent =
            await MeasureAsync($"{profile} sent", units, orders, host,
                unit => adapter.SubmitAsync(connection, unit, CancellationToken.None));
        await MeasureAsync($"{profile} asked", units, orders, host,
            unit => adapter.AskAsync(connection, unit, CancellationToken.None));

        (sent / (units * orders)).Should().BeLessThan(AllocatedMax);
    }

    private async Task<long> MeasureAsync(string what, int units, int orders, ScriptedOperator host,
        Func<Unit, Task<Reading>> work)
    {
        var (calls, before, clock) = (host.Asked.Count, GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
        for (var number = 1; number <= units; number++)
        {
            var reading = await work(OurSide.Unit(number, orders));
            reading.Units.Should().NotContain(unit => unit.Verdict.Frees);
        }

        var (took, allocated) = (clock.Elapsed.TotalSeconds, GC.GetTotalAllocatedBytes() - before);
        var made = host.Asked.Count - calls;
        made.Should().BeGreaterThanOrEqualTo(units, "each unit is at least one call");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {made / took:N0} calls/s, {units * orders / took:N0} payments/s, {allocated / (units * orders):N0} bytes allocated for each"));
        return allocated;
    }
}
