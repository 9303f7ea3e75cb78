using TwinTrack.Providers.Domain;
using TwinTrack.Simulators;

namespace TwinTrack.Providers.Tests.Simulators;

/// <summary>
/// The agency adapter with each shipped definition against an agency that writes in that style, and against one that
/// means harm.
/// </summary>
public sealed class An_agency_of_any_style
{
    private static readonly SimulatorOptions Quick = new() { ExecuteAfterMs = 50, DelayMs = 30, LateSeconds = 3600 };

    public static TheoryData<string, string> Styles => new()
    {
        { "twintrack", "twintrack" }, { "wfp", "wfp-payment-advice" }, { "hope", "hope" }, { "121", "121" },
    };

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task Is_understood(string style, string format)
    {
        await using var agency = await Counterparty.StartAsync(
            "agency", Quick with { Style = style, Reject = 0.3, Partial = style == "121" ? 0 : 0.3, Duplicate = 0.3 },
            ("format", format));
        var unit = SeededOrders.Unit(42, 20, "cash");
        await agency.Adapter.SubmitAsync(agency.Connection, unit, default);
        await agency.ApplyUntilAsync(
            () => unit.Orders.All(order => agency.Last(order.Reference) is Outcome.Settled or Outcome.Rejected),
            "every order's end");

        var ledger = agency.Ledger.Rows.ToDictionary(row => row.Reference);
        agency.Units.Should().ContainSingle().Which.Verdict.Outcome.Should().Be(Outcome.Accepted);
        foreach (var order in unit.Orders)
        {
            var answers =
                agency.Lines.Where(line => line.Reference == order.Reference && line.Verdict.Outcome != Outcome.Unknown)
                    .ToList();
            answers.Should()
                .OnlyContain(
                line => line.Verdict.Outcome
                    == (ledger.ContainsKey(order.Reference) ? Outcome.Settled : Outcome.Rejected));
            if (style != "121" && ledger.TryGetValue(order.Reference, out var paid))
            {
                answers.Should().OnlyContain(line => line.AmountMinor == paid.AmountMinor);
            }
        }

        ledger.Should().NotBeEmpty().And.HaveCountLessThan(unit.Orders.Count);
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task That_sends_hostile_files_changes_nothing_by_them(string style, string format)
    {
        await using var agency = await Counterparty.StartAsync(
            "agency", Quick with { Style = style, Hostile = 1 }, ("format", format));
        var unit = SeededOrders.Unit(42, 5, "cash");
        agency.MayRefuse = true;
        agency.OursOnly = unit.Orders.Select(order => order.Reference).ToHashSet();
        await agency.Adapter.SubmitAsync(agency.Connection, unit, default);
        await agency.ApplyUntilAsync(
            () => unit.Orders.All(order => agency.Last(order.Reference) == Outcome.Settled)
                && agency.Refused.Count >= 5, "every payment, and every refusal of a file");

        agency.Lines.Should().NotContain(line => line.Verdict.Frees);
        agency.Units.Should().NotContain(answer => answer.Verdict.Frees);
        agency.Refused.Should().Contain("agency.rows_refused").And.Contain("service").And.HaveCountGreaterOrEqualTo(5);
    }
}
