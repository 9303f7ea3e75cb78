using System.Text;
using Microsoft.AspNetCore.Http;
using TwinTrack.Providers.Domain;
using TwinTrack.Simulators;
using TwinTrack.Simulators.MobileMoney;

namespace TwinTrack.Providers.Tests.MobileMoney;

/// <summary>Adapter and simulated operator over real HTTP; the operator's own ledger decides who is right.</summary>
public class A_round_trip_by_mobile_money
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static SimulatorOptions Quick => new() { ApiKey = "key-1", DelayMs = 20, LateSeconds = 3600 };

    [Theory]
    [InlineData("batch")]
    [InlineData("single")]
    public async Task Settles_what_the_book_has_paid(string mode)
    {
        await using var they = await MobileMoneySimulator.StartAsync(Quick, TimeProvider.System);
        using var us = new OurSide();
        var (connection, unit) = (OurSide.Connection(they.Address, "KES", ("mode", mode)), OurSide.Unit(1, orders: 60));

        var submitted = await us.Adapter.SubmitAsync(connection, unit, CancellationToken.None);
        var lines = await UntilAsync(us, connection, unit, answers => answers.Count(Is(Outcome.Settled)) == 60);

        Verdicts(submitted).Should().OnlyContain(
            verdict => verdict.Outcome == Outcome.Accepted && verdict.Grade == Grade.C);
        lines.Should().OnlyContain(line => line.ProviderReference != null);
        they.Ledger.Rows.Should().HaveCount(60).And.OnlyContain(
            row => row.AmountMinor == 15_050 && row.Currency == "KES");
        they.Ledger.Rows.Select(row => (row.Reference, row.EndToEnd, row.Payee)).Should().BeEquivalentTo(
            unit.Orders.Select(order => (order.Reference, order.EndToEnd, order.Payee.Account!)));
    }

    [Theory]
    [InlineData("batch")]
    [InlineData("single")]
    public async Task Hears_of_rejections_and_the_book_agrees(string mode)
    {
        await using var they = await MobileMoneySimulator.StartAsync(Quick with { Reject = 0.5 }, TimeProvider.System);
        using var us = new OurSide();
        var (connection, unit) = (OurSide.Connection(they.Address, "KES", ("mode", mode)), OurSide.Unit(1, orders: 40));

        await us.Adapter.SubmitAsync(connection, unit, CancellationToken.None);
        var lines =
            await UntilAsync(us, connection, unit,
                answers => answers.Count(line => line.Verdict.Outcome is Outcome.Settled or Outcome.Rejected) == 40);

        var rejected = lines.Where(Is(Outcome.Rejected)).ToList();
        rejected.Should().NotBeEmpty().And.OnlyContain(
            line => line.Verdict.Frees && line.Verdict.Code == "maxBalanceExceeded");
        they.Ledger.Rows.Select(row => row.Reference).Should()
            .BeEquivalentTo(lines.Where(Is(Outcome.Settled)).Select(line => line.Reference));
    }

    [Theory]
    [InlineData("batch")]
    [InlineData("single")]
    public async Task Frees_neither_the_silent_nor_the_lost_which_look_alike_until_the_statement(string mode)
    {
        await using var they = await MobileMoneySimulator.StartAsync(
            Quick with { Silent = 0.4, Lost = 0.4 }, TimeProvider.System);
        using var us = new OurSide();
        var (connection, unit) = (OurSide.Connection(they.Address, "KES", ("mode", mode)), OurSide.Unit(1, orders: 30));

        await us.Adapter.SubmitAsync(connection, unit, CancellationToken.None);
        var expected =
            unit.Orders.Count(
                order => SimulatedTreatment.Of(Quick with { Silent = 0.4, Lost = 0.4 }, order.Payee.Account!).Ending
                    == Ending.Pays);
        var lines = await UntilAsync(us, connection, unit, answers => answers.Count(Is(Outcome.Settled)) == expected);
        var statement = await StatementAsync(us, they, connection, final: true);

        lines.Should().NotContain(line => line.Verdict.Frees);
        statement.Final.Should().BeTrue();
        statement.Lines.Select(line => line.Reference).Should()
            .BeEquivalentTo(they.Ledger.Rows.Select(row => row.Reference));
        statement.Lines.Count.Should().BeGreaterThan(expected, "the silent ones were paid");
        statement.Lines.Count.Should().BeLessThan(30, "the lost ones were not");
    }

    [Fact]
    public async Task Hears_of_late_ones_late()
    {
        await using var they = await MobileMoneySimulator.StartAsync(Quick with { Late = 1 }, TimeProvider.System);
        using var us = new OurSide();
        var (connection, unit) = (OurSide.Connection(they.Address), OurSide.Unit(1, orders: 5));
        await us.Adapter.SubmitAsync(connection, unit, CancellationToken.None);
        await UntilAsync(us, connection, unit, _ => true, reading => reading.Units.Count == 0);

        var before = await us.Adapter.AskAsync(connection, unit, CancellationToken.None);
        var paidBefore = they.Ledger.Rows.Count;
        they.SettleLate();
        var after = await us.Adapter.AskAsync(connection, unit, CancellationToken.None);

        before.Lines.Should().BeEmpty();
        paidBefore.Should().Be(0);
        after.Lines.Should().HaveCount(5).And.OnlyContain(line => line.Verdict.Outcome == Outcome.Settled);
    }

    [Fact]
    public async Task Finds_returned_money_on_the_statement()
    {
        await using var they = await MobileMoneySimulator.StartAsync(Quick with { Return = 1 }, TimeProvider.System);
        using var us = new OurSide();
        var (connection, unit) = (OurSide.Connection(they.Address), OurSide.Unit(1, orders: 3));
        await us.Adapter.SubmitAsync(connection, unit, CancellationToken.None);
        await WaitAsync(() => they.Ledger.Rows.Count(row => row.ReturnedMinor > 0) == 3);

        var statement = await StatementAsync(us, they, connection, final: false);

        statement.Lines.Where(line => line.Returned).Select(line => line.Reference).Should()
            .BeEquivalentTo(unit.Orders.Select(order => order.Reference));
        statement.Lines.Where(line => !line.Returned).Should().HaveCount(3);
        statement.Lines.Should().OnlyContain(line => line.AmountMinor == 15_050);
    }

    [Theory]
    [InlineData("batch")]
    [InlineData("single")]
    public async Task Pays_once_when_a_crash_makes_us_send_again(string mode)
    {
        await using var they = await MobileMoneySimulator.StartAsync(Quick, TimeProvider.System);
        using var us = new OurSide();
        var (connection, unit) = (OurSide.Connection(they.Address, "KES", ("mode", mode)), OurSide.Unit(1, orders: 10));

        await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => us.Adapter.SubmitAsync(connection, unit, CancellationToken.None)));
        await WaitAsync(() => they.Ledger.Rows.Count == 10);
        var again = await us.Adapter.SubmitAsync(connection, unit, CancellationToken.None);

        again.Lines.Should().HaveCount(10).And.OnlyContain(line => line.Verdict.Outcome == Outcome.Settled);
        they.Ledger.Rows.Should().HaveCount(10);
    }

    [Fact]
    public async Task Pays_once_even_when_the_operator_too_has_restarted_and_forgotten()
    {
        var options = Quick with { Directory = Directory.CreateTempSubdirectory("twintrack-momo-").FullName };
        using var us = new OurSide();
        var unit = OurSide.Unit(1, orders: 10);
        await using (var before = await MobileMoneySimulator.StartAsync(options, TimeProvider.System))
        {
            await us.Adapter.SubmitAsync(OurSide.Connection(before.Address), unit, CancellationToken.None);
            await WaitAsync(() => before.Ledger.Rows.Count == 10);
        }

        await using var after = await MobileMoneySimulator.StartAsync(options, TimeProvider.System);
        var connection = OurSide.Connection(after.Address);
        var asked = await us.Adapter.AskAsync(connection, unit, CancellationToken.None);
        await us.Adapter.SubmitAsync(connection, unit, CancellationToken.None);
        await UntilAsync(us, connection, unit, answers => answers.Count(Is(Outcome.Settled)) == 10);

        asked.Units.Single().Verdict.Outcome.Should().Be(Outcome.Unknown, "not found is not unpaid");
        after.Ledger.Rows.Should().HaveCount(10);
    }

    [Fact]
    public async Task Survives_callbacks_that_come_twice_and_lie()
    {
        await using var we = await ScriptedOperator.StartAsync((http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        await using var they = await MobileMoneySimulator.StartAsync(
            Quick with { Duplicate = 1, Contradict = 1 }, TimeProvider.System);
        using var us = new OurSide();
        var (connection, unit) = (OurSide.Connection(they.Address, "KES", ("callbackBase", we.Address.ToString())),
            OurSide.Unit(9, orders: 2));

        await us.Adapter.SubmitAsync(connection, unit, CancellationToken.None);
        await WaitAsync(() => we.Bodies.Count == 3);
        var readings =
            we.Bodies.Select(
                body => us.Adapter.Read(connection, new Document("callback", Encoding.UTF8.GetBytes(body)))).ToList();
        var asked = await us.Adapter.AskAsync(connection, unit, CancellationToken.None);

        we.Asked.Should().OnlyContain(call => call == "PUT /token-9");
        we.Bodies.Last().Should().Contain("genericError");
        readings.Should().OnlyContain(reading => reading.Match<Reading?>(read => read, _ => null) == Reading.Nothing);
        asked.Lines.Should().HaveCount(2).And.OnlyContain(line => line.Verdict.Outcome == Outcome.Settled);
        they.Ledger.Rows.Should().HaveCount(2);
    }

    [Fact]
    public async Task Learns_nothing_with_a_wrong_key()
    {
        await using var they = await MobileMoneySimulator.StartAsync(
            Quick with { ApiKey = "another" }, TimeProvider.System);
        using var us = new OurSide();

        var reading = await us.Adapter.SubmitAsync(
            OurSide.Connection(they.Address), OurSide.Unit(1), CancellationToken.None);

        reading.Units.Single().Verdict.Should().Be(Verdict.Unknown("clientAuthorisationError"));
        they.Ledger.Rows.Should().BeEmpty();
    }

    private static Func<Answer, bool> Is(Outcome outcome) => line => line.Verdict.Outcome == outcome;

    private static IEnumerable<Verdict> Verdicts(Reading reading) =>
        reading.Units.Select(unit => unit.Verdict).Concat(reading.Lines.Select(line => line.Verdict));

    private static async Task<Statement> StatementAsync(
        OurSide us, MobileMoneySimulator they, Connection connection, bool final)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(
            new Uri(they.Address, final ? "/statement?final=true" : "/statement"), content: null);
        var document = new Document("statement.csv", await answer.Content.ReadAsByteArrayAsync());
        return us.Adapter.ReadStatement(connection, document)
            .Match(read => read, refusal => throw new InvalidOperationException(refusal.Reason));
    }

    private static async Task<IReadOnlyList<Answer>> UntilAsync(
        OurSide us, Connection connection, Unit unit, Func<IReadOnlyList<Answer>, bool> holds,
        Func<Reading, bool>? also = null)
    {
        IReadOnlyList<Answer> last = [];
        await WaitAsync(async () =>
        {
            var reading = await us.Adapter.AskAsync(connection, unit, CancellationToken.None);
            last = reading.Lines;
            return holds(last) && also?.Invoke(reading) != false;
        });
        return last;
    }

    private static Task WaitAsync(Func<bool> holds) => WaitAsync(() => Task.FromResult(holds()));

    /// <summary>Waits for a fact, never for a time; fails when it does not come.</summary>
    private static async Task WaitAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            limit.IsCancellationRequested.Should().BeFalse($"within {Patience} it must have come");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
    }
}
