using TwinTrack.Providers.Bank;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Tests.Bank;
using TwinTrack.Simulators;

namespace TwinTrack.Providers.Tests.Simulators;

/// <summary>The bank adapter against banks with other versions, other habits and bad intentions.</summary>
public sealed class A_bank_of_any_dialect
{
    private static readonly SimulatorOptions Quick = new() { ExecuteAfterMs = 50, DelayMs = 30, LateSeconds = 3600 };

    public static TheoryData<string, bool, string> Banks => new()
    {
        { "old", false, "pain.001.001.03" }, { "old", true, "pain.001.001.03" }, { "current", true, "pain.001.001.09" },
        { "new", false, "pain.001.001.09" }, { "new", true, "pain.001.001.09" },
    };

    [Theory]
    [MemberData(nameof(Banks))]
    public async Task Is_understood(string dialect, bool levels, string orderMessage)
    {
        var options =
            Quick with { Dialect = dialect, Levels = levels, Pages = 3, Reject = 0.3, Return = 0.2, Duplicate = 0.3 };
        await using var bank = await Counterparty.StartAsync(
            "bank", options, ("orderMessage", orderMessage), ("recallMessage", "camt.055.001.09"));
        var unit = SeededOrders.Unit(42, 20);
        await bank.Adapter.SubmitAsync(bank.Connection, unit, default);
        await bank.ApplyUntilAsync(() => unit.Orders.All(order => bank.Last(order.Reference) is not null),
            "every report");

        var ledger = bank.Ledger.Rows.ToDictionary(row => row.Reference);
        foreach (var order in unit.Orders)
        {
            var (paid, outcomes) = (ledger.ContainsKey(order.Reference),
                bank.Lines.Where(line => line.Reference == order.Reference).Select(line => line.Verdict.Outcome)
                    .ToList());
            outcomes.Should()
                .OnlyContain(
                outcome => paid ? outcome == Outcome.Settled || outcome == Outcome.Returned
                    : outcome == Outcome.Rejected);
        }

        bank.Units.Should().NotContain(answer => answer.Verdict.Frees, "some were paid");
        var statement = await bank.StatementAsync(final: true);
        statement.Final.Should().BeTrue();
        statement.Lines.Where(line => !line.Returned).Select(line => line.Reference).Should()
            .BeEquivalentTo(ledger.Keys);
        statement.Lines.Where(line => line.Returned).Select(line => line.Reference).Should()
            .BeEquivalentTo(ledger.Values.Where(row => row.ReturnedMinor > 0).Select(row => row.Reference));
        await Valid(bank);
    }

    [Fact]
    public async Task That_refuses_a_file_whole_rejects_every_order_of_it()
    {
        await using var bank = await Counterparty.StartAsync("bank", Quick with { Levels = true, Reject = 1 });
        await bank.Adapter.SubmitAsync(bank.Connection, SeededOrders.Unit(42, 6), default);
        await bank.ApplyUntilAsync(() => bank.Units.Count == 2, "receipt and refusal");

        bank.Units[1].Verdict.Should().Be(new Verdict(Outcome.Rejected, Grade.A, "RJCT/AC04"));
        bank.Lines.Should().BeEmpty();
    }

    [Fact]
    public async Task That_sends_hostile_files_changes_nothing_by_them()
    {
        await using var bank = await Counterparty.StartAsync("bank", Quick with { Hostile = 1 });
        bank.MayRefuse = true;
        var units = Enumerable.Range(1, 10).Select(seed => SeededOrders.Unit(seed, 3)).ToList();
        foreach (var unit in units)
        {
            await bank.Adapter.SubmitAsync(bank.Connection, unit, default);
        }

        await bank.ApplyUntilAsync(
            () => bank.Refused.Count >= 8
                && units.All(unit => unit.Orders.All(order => bank.Last(order.Reference) is not null)),
                "every report and a refusal of each kind");

        bank.Refused.Distinct().Should().BeEquivalentTo(
            "bank.message_id_reused", "bank.not_xml", "bank.unknown_document", "bank.header_disagrees");
        bank.Units.Should().NotContain(answer => answer.Verdict.Frees);
        bank.Lines.Should().OnlyContain(line => line.Verdict.Outcome == Outcome.Settled);
    }

    /// <summary>Where the schemas are, all that the bank said holds to them.</summary>
    private static async Task Valid(Counterparty bank)
    {
        foreach (var file in Conformance.Folder is null
            ? [] : bank.Folder.Files(Path.Combine("from-provider", "read"), "*.xml"))
        {
            var content = await File.ReadAllBytesAsync(file);
            var message = IsoStream.Read<string>(content, stream => stream.NextDocument() ? stream.Message : "")
                .Match(name => name, _ => "");
            BankSchemas.Faults(content, message).Should().BeEmpty(Path.GetFileName(file));
        }
    }
}
