using System.Text;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Tests.Bank;
using TwinTrack.Simulators;

namespace TwinTrack.Providers.Tests.Simulators;

/// <summary>
/// Adapter and simulator against each other: each treatment gives what it promises, and the provider's own ledger
/// agrees with it.
/// </summary>
public sealed class A_provider_of_files
{
    private static readonly SimulatorOptions Quick = new() { ExecuteAfterMs = 50, DelayMs = 30, LateSeconds = 3600 };
    private static readonly SimulatorOptions Slow = Quick with { ExecuteAfterMs = 600_000 };

    public static TheoryData<string> Kinds => ["bank", "agency"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task That_pays_says_so_and_shows_it_on_the_statement(string kind)
    {
        await using var provider = await Counterparty.StartAsync(kind, Quick);
        var unit = await SubmitAsync(provider);
        await provider.ApplyUntilAsync(
            () => unit.Orders.All(order => provider.Last(order.Reference) == Outcome.Settled),
            "every payment");

        provider.Units.Should().ContainSingle().Which.Should()
            .Match<UnitAnswer>(answer => answer.UnitReference == unit.Reference && answer.Verdict.Grade == Grade.C);
        provider.Ledger.Rows.Select(row => (row.Reference, row.AmountMinor)).Should()
            .BeEquivalentTo(unit.Orders.Select(order => (order.Reference, order.AmountMinor)));
        var statement = await provider.StatementAsync(final: true);
        statement.Final.Should().BeTrue();
        statement.Lines.Select(line => (line.Reference, line.Returned, line.AmountMinor))
            .Should().BeEquivalentTo(unit.Orders.Select(order => ((string?)order.Reference, false, order.AmountMinor)));
        (await provider.StatementAsync(final: false)).Should()
            .Match<Statement>(next => next.Lines.Count == 0 && !next.Final, "a line is shown once");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task That_rejects_never_pays(string kind)
    {
        await using var provider = await Counterparty.StartAsync(kind, Quick with { Reject = 1 });
        var unit = await SubmitAsync(provider);
        await provider.ApplyUntilAsync(
            () => unit.Orders.All(order => provider.Last(order.Reference) == Outcome.Rejected), "every rejection");

        provider.Lines.Where(line => line.Verdict.Outcome == Outcome.Rejected).Should()
            .OnlyContain(line => line.Verdict.Frees);
        provider.Ledger.Rows.Should().BeEmpty();
        (await provider.StatementAsync(final: true)).Lines.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task That_is_silent_pays_and_shows_it_on_the_statement_only(string kind)
    {
        await using var provider = await Counterparty.StartAsync(kind, Quick with { Silent = 1 });
        var unit = await SubmitAsync(provider);
        await provider.ApplyUntilAsync(() => provider.Ledger.Rows.Count == unit.Orders.Count, "payment in silence");
        await SettleDownAsync(provider);

        provider.Lines.Should().BeEmpty();
        (await provider.StatementAsync(final: true)).Lines.Should().HaveCount(unit.Orders.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task That_loses_an_order_neither_pays_nor_answers(string kind)
    {
        await using var provider = await Counterparty.StartAsync(kind, Quick with { Lost = 1 });
        await SubmitAsync(provider);
        await SettleDownAsync(provider);

        provider.Lines.Should().BeEmpty();
        provider.Ledger.Rows.Should().BeEmpty();
        (await provider.StatementAsync(final: true)).Lines.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task That_is_late_pays_when_nobody_waits_any_more(string kind)
    {
        await using var provider = await Counterparty.StartAsync(kind, Quick with { Late = 1 });
        var before = TimeProvider.System.GetUtcNow();
        var unit = await SubmitAsync(provider);
        var sent = TimeProvider.System.GetUtcNow();
        await SettleDownAsync(provider);
        provider.Lines.Should().BeEmpty();
        provider.Ledger.Rows.Should().BeEmpty();
        (await provider.StatementAsync(final: true)).CoversUntil.Should()
            .BeBefore(sent, "what may still be paid is not covered").And.BeAfter(before.AddSeconds(-2));

        await provider.SettleLateAsync();
        await provider.ApplyUntilAsync(
            () => unit.Orders.All(order => provider.Last(order.Reference) == Outcome.Settled),
            "every late payment");
        provider.Ledger.Rows.Should().HaveCount(unit.Orders.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task That_gives_money_back_books_both(string kind)
    {
        await using var provider = await Counterparty.StartAsync(kind, Quick with { Return = 1 });
        var unit = await SubmitAsync(provider);
        await provider.ApplyUntilAsync(
            () => unit.Orders.All(order => provider.Last(order.Reference) == Outcome.Settled),
            "every payment");

        provider.Ledger.Rows.Should().HaveCount(unit.Orders.Count).And.OnlyContain(
            row => row.ReturnedMinor == row.AmountMinor);
        var statement = await provider.StatementAsync(final: true);
        statement.Lines.Where(line => line.Returned).Select(line => (line.Reference, line.AmountMinor))
            .Should().BeEquivalentTo(unit.Orders.Select(order => ((string?)order.Reference, order.AmountMinor)));
        if (kind == "bank")
        {
            provider.Adapter.Read(provider.Connection, new Document("s.xml", provider.LastStatement))
                .Match(reading => reading, _ => Reading.Nothing)
                .Lines.Count(line => line.Verdict is { Outcome: Outcome.Returned, Grade: Grade.B }).Should()
                .Be(unit.Orders.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task That_repeats_itself_pays_once(string kind)
    {
        await using var provider = await Counterparty.StartAsync(kind, Quick with { Duplicate = 1 });
        var unit = await SubmitAsync(provider);
        await provider.ApplyUntilAsync(() => provider.Lines.Count >= 2 * unit.Orders.Count, "every report twice");

        provider.Lines.Should().OnlyContain(line => line.Verdict.Outcome == Outcome.Settled);
        provider.Ledger.Rows.Should().HaveCount(unit.Orders.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task That_contradicts_itself_leaves_its_ledger_alone(string kind)
    {
        await using var provider = await Counterparty.StartAsync(kind, Quick with { Contradict = 1 });
        var unit = await SubmitAsync(provider);
        await provider.ApplyUntilAsync(
            () => unit.Orders.All(order => provider.Last(order.Reference) == Outcome.Rejected), "every contradiction");

        provider.Lines.Select(line => line.Verdict.Outcome).Distinct().Should()
            .Equal(Outcome.Settled, Outcome.Rejected);
        provider.Ledger.Rows.Should().HaveCount(unit.Orders.Count).And.OnlyContain(row => row.ReturnedMinor == 0);
    }

    [Fact]
    public async Task That_has_half_says_how_much_it_gave()
    {
        await using var provider = await Counterparty.StartAsync("agency", Quick with { Partial = 1 });
        var unit = await SubmitAsync(provider);
        await provider.ApplyUntilAsync(
            () => unit.Orders.All(order => provider.Last(order.Reference) == Outcome.Settled),
            "every payment");

        provider.Lines.Select(line => (line.Reference, line.AmountMinor))
            .Should().BeEquivalentTo(provider.Ledger.Rows.Select(row => (row.Reference, (long?)row.AmountMinor)));
        provider.Ledger.Rows.Sum(row => row.AmountMinor).Should()
            .BeLessThan(unit.Orders.Sum(order => order.AmountMinor));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Asked_in_time_stops_what_it_has_not_executed_for_ever(string kind)
    {
        await using var provider = await Counterparty.StartAsync(kind, Slow);
        var unit = await SubmitAsync(provider);
        await provider.ApplyUntilAsync(() => provider.Units.Count == 1, "acceptance");
        var stopped = unit.Orders.Take(4).ToList();
        await provider.Adapter.RecallAsync(provider.Connection, unit, stopped, default);
        await provider.ApplyUntilAsync(() => stopped.All(order => provider.Last(order.Reference) == Outcome.Recalled),
            "every recall");
        provider.Lines.Should().OnlyContain(line => line.Verdict.Frees);

        // The others are paid by the provider that comes back after a restart; the stopped ones stay stopped.
        await provider.RestartAsync(Quick);
        await provider.ApplyUntilAsync(() => provider.Ledger.Rows.Count == unit.Orders.Count - stopped.Count,
            "payment of the others");
        await SettleDownAsync(provider);
        provider.Ledger.Rows.Select(row => row.Reference).Should()
            .BeEquivalentTo(unit.Orders.Skip(4).Select(order => order.Reference));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Asked_too_late_refuses(string kind)
    {
        await using var provider = await Counterparty.StartAsync(kind, Quick);
        var unit = await SubmitAsync(provider);
        await provider.ApplyUntilAsync(
            () => unit.Orders.All(order => provider.Last(order.Reference) == Outcome.Settled),
            "every payment");
        await provider.Adapter.RecallAsync(provider.Connection, unit, unit.Orders, default);
        await provider.ApplyUntilAsync(
            () => unit.Orders.All(order => provider.Last(order.Reference) == Outcome.RecallRefused), "every refusal");

        provider.Ledger.Rows.Should().HaveCount(unit.Orders.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Given_the_same_file_twice_pays_once_and_its_refusal_frees_nothing(string kind)
    {
        await using var provider = await Counterparty.StartAsync(kind, Quick);
        var unit = await SubmitAsync(provider);
        await provider.ApplyUntilAsync(
            () => unit.Orders.All(order => provider.Last(order.Reference) == Outcome.Settled),
            "every payment");

        // The log is lost, as after a crash between file and log: the adapter sends the same again.
        Directory.Delete(Path.Combine(provider.Folder.Path, "sent-log"), recursive: true);
        await provider.Adapter.SubmitAsync(provider.Connection, unit, default);
        await provider.ApplyUntilAsync(() => provider.Units.Count == 2, "the answer to the copy");

        provider.Units[1].Verdict.Should().Match<Verdict>(
            verdict => verdict.Outcome == Outcome.Unknown && !verdict.Frees);
        provider.Ledger.Rows.Should().HaveCount(unit.Orders.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Given_a_file_whose_totals_are_wrong_refuses_it_whole(string kind)
    {
        await using var provider = await Counterparty.StartAsync(kind, Slow);
        using var elsewhere = new Folder();
        var unit = SeededOrders.Unit(21, 6);
        var connection =
            provider.Connection with
            {
                Settings =
                new Dictionary<string, string>(provider.Connection.Settings) { ["directory"] = elsewhere.Path }
            };
        await provider.Adapter.SubmitAsync(connection, unit, default);
        foreach (var file in elsewhere.ToProvider().Order(StringComparer.Ordinal))
        {
            var text =
                (await File.ReadAllTextAsync(file)).Replace(
                    "<NbOfTxs>6</NbOfTxs>", "<NbOfTxs>7</NbOfTxs>", StringComparison.Ordinal)
                .Replace("\"rows\":6", "\"rows\":7", StringComparison.Ordinal);
            await File.WriteAllTextAsync(file, text, new UTF8Encoding(false));
            File.Move(file, Path.Combine(provider.Folder.Path, "to-provider", Path.GetFileName(file)));
        }

        await provider.ApplyUntilAsync(() => provider.Units.Count == 1, "the refusal");

        provider.Units[0].Verdict.Should().Match<Verdict>(
            verdict => verdict.Outcome == Outcome.Rejected && verdict.Frees);
    }

    [ConformanceFact]
    public async Task That_is_a_bank_speaks_by_the_published_schemas()
    {
        var options = Quick with { Reject = 0.3, Return = 0.3, Duplicate = 0.5, Contradict = 0.5 };
        await using var provider = await Counterparty.StartAsync("bank", options);
        var unit = await SubmitAsync(provider);
        await provider.ApplyUntilAsync(() => unit.Orders.All(order => provider.Last(order.Reference) is not null),
            "every report");
        await provider.Adapter.RecallAsync(provider.Connection, unit, unit.Orders, default);
        await provider.ApplyUntilAsync(
            () => provider.Lines.Exists(line => line.Verdict.Outcome == Outcome.RecallRefused),
            "the answer to the recall");
        foreach (var final in new[] { true, false })
        {
            await provider.StatementAsync(final);
            BankSchemas.Faults(provider.LastStatement, "camt.053.001.08").Should().BeEmpty();
        }

        foreach (var file in provider.Folder.Files(Path.Combine("from-provider", "read"), "*.xml"))
        {
            var message = file.EndsWith(".camt029.xml", StringComparison.Ordinal)
                ? "camt.029.001.09" : "pain.002.001.10";
            BankSchemas.Faults(await File.ReadAllBytesAsync(file), message).Should().BeEmpty(Path.GetFileName(file));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Comes_back_after_a_restart_with_the_same_ledger_and_the_next_statement(string kind)
    {
        await using var provider = await Counterparty.StartAsync(kind, Quick);
        var unit = await SubmitAsync(provider);
        await provider.ApplyUntilAsync(
            () => unit.Orders.All(order => provider.Last(order.Reference) == Outcome.Settled),
            "every payment");
        var (ledger, first) = (await provider.LedgerAsync(), await provider.StatementAsync(final: false));

        await provider.RestartAsync(Quick);

        (await provider.LedgerAsync()).Should().Be(ledger);
        var second = await provider.StatementAsync(final: true);
        second.Lines.Should().BeEmpty();
        second.Reference.Should().NotBe(first.Reference);
    }

    private static async Task<Unit> SubmitAsync(Counterparty provider)
    {
        var unit = SeededOrders.Unit(42, 12);
        await provider.Adapter.SubmitAsync(provider.Connection, unit, default);
        return unit;
    }

    /// <summary>Hears for longer than execution and report take.</summary>
    private static async Task SettleDownAsync(Counterparty provider)
    {
        var until = DateTimeOffset.MinValue;
        await provider.ApplyUntilAsync(
            () =>
            {
                until = until == DateTimeOffset.MinValue && provider.Units.Count > 0
                    ? TimeProvider.System.GetUtcNow().AddMilliseconds(500) : until;
                return until != DateTimeOffset.MinValue && TimeProvider.System.GetUtcNow() > until;
            },
            "half a second");
    }
}
