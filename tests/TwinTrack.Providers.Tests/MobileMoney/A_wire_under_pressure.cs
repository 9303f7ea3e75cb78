using System.Diagnostics;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.MobileMoney;

public sealed class A_wire_under_pressure
{
    [Fact]
    public async Task Is_opened_when_most_goes_unanswered_and_closed_by_a_sign_of_life()
    {
        var well = false;
        await using var host = await ScriptedOperator.StartAsync(
            asked => well ? (200, """{"serviceStatus":"available"}""") : (503, ""));
        using var us = new OurSide();
        var connection = OurSide.Connection(host.Address, "KES", ("breakAfter", "4"), ("breakSeconds", "0.5"));
        IProviderAdapter adapter = us.Adapter;

        for (var number = 1; number <= 4; number++)
        {
            await adapter.SubmitAsync(connection, OurSide.Unit(number), CancellationToken.None);
        }

        var asked = host.Asked.Count;
        var kept = await adapter.SubmitAsync(connection, OurSide.Unit(9), CancellationToken.None);
        adapter.StateOf(connection).Should().Match<ConnectionState>(
            state => state.Circuit == Circuit.Open && state.Silent == 4 && state.TurnedAway == 1);
        host.Asked.Count.Should().Be(asked, "an open circuit lets nothing through");
        kept.Units.Single().Verdict.Should().Be(Verdict.Unknown("CIRCUIT_OPEN"));

        well = true;
        var patience = Stopwatch.StartNew();
        while (await adapter.ProbeAsync(connection, CancellationToken.None) is not null)
        {
            patience.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        adapter.StateOf(connection).Circuit.Should().Be(Circuit.Closed);
    }

    [Fact]
    public async Task Carries_no_more_than_its_rate_and_not_more_at_once()
    {
        var (now, most) = (0, 0);
        await using var host = await ScriptedOperator.StartAsync(async (http, _) =>
        {
            var here = Interlocked.Increment(ref now);
            InterlockedMax(ref most, here);
            await Task.Delay(TimeSpan.FromMilliseconds(20));
            Interlocked.Decrement(ref now);
            http.Response.StatusCode = 503;
        });
        using var us = new OurSide();
        var connection =
            OurSide.Connection(host.Address, "KES", ("mode", "single"), ("callsPerSecond", "20"), ("callsAtOnce", "3"),
                ("breakAfter", "1000"));
        var since = Stopwatch.StartNew();

        await us.Adapter.SubmitAsync(connection, OurSide.Unit(1, orders: 12), CancellationToken.None);

        host.Asked.Should().HaveCount(12);
        since.Elapsed.Should().BeGreaterThan(TimeSpan.FromMilliseconds(400), "two at once, and then twenty a second");
        most.Should().BeLessThanOrEqualTo(3);
    }

    [Theory]
    [InlineData("callsPerSecond", "0")]
    [InlineData("callsAtOnce", "1000")]
    [InlineData("callSeconds", "x")]
    [InlineData("breakAfter", "1")]
    [InlineData("nameEnquiry", "perhaps")]
    [InlineData("profile", "orange")]
    [InlineData("batchMax", "0")]
    [InlineData("approval", "three-step")]
    [InlineData("reversal", "yes")]
    public void Is_not_made_of_settings_that_are_wrong(string name, string value)
    {
        using var us = new OurSide();

        us.Adapter.Check(OurSide.Connection(new Uri("https://operator.example"), "KES", (name, value)))
            .Match(_ => "", refusal => refusal.Reason).Should().Contain($"'{name}'");
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
