using System.Text;
using TwinTrack.Providers.Agency;
using TwinTrack.Providers.Domain;
using static TwinTrack.Providers.Tests.Agency.AgencyScene;

namespace TwinTrack.Providers.Tests.Agency;

/// <summary>What a data-sharing agreement does not cover leaves no trace in any file.</summary>
public sealed class An_agreement
{
    private const string Everything = "\"household_id\",\"name\",\"alternate\",\"account\",\"area\"";

    [Fact]
    public async Task Keeps_orders_of_other_areas_out_and_says_that_they_were_never_sent()
    {
        using var folder = new Folder();
        var unit = Unit();
        var answer = (await Adapter.SubmitAsync(Agreed(folder, areas: """["YE11"]"""), unit, default)).Lines.Should()
            .ContainSingle().Which;

        (answer.Reference, answer.Verdict).Should()
            .Be((unit.Orders[1].Reference, new Verdict(Outcome.Rejected, Grade.A, "NEVER_SENT_OUTSIDE_AGREEMENT")));
        var list = await File.ReadAllTextAsync(folder.ToProvider("*.list.csv").Single());
        list.Should().Contain(unit.Orders[0].Reference).And.NotContain(unit.Orders[1].Reference).And.NotContain(
            unit.Orders[1].Payee.RegistryId);
        (await File.ReadAllTextAsync(folder.ToProvider("*.control.json").Single())).Should().Contain("\"rows\":2");
    }

    [Theory]
    [InlineData("2025-01-01", "2026-01-30")]
    [InlineData("2026-02-01", "2026-12-31")]
    public async Task That_is_not_in_force_sends_nothing_at_all(string from, string until)
    {
        using var folder = new Folder();
        var reading = await Adapter.SubmitAsync(Agreed(folder, from: from, until: until), Unit(), default);

        reading.Lines.Should().HaveCount(3).And.OnlyContain(
            answer => answer.Verdict == new Verdict(Outcome.Rejected, Grade.A, "NEVER_SENT_NO_AGREEMENT"));
        folder.ToProvider().Should().BeEmpty();
    }

    [Fact]
    public async Task That_has_changed_since_the_list_was_sent_frees_nothing()
    {
        using var folder = new Folder();
        await Adapter.SubmitAsync(Agreed(folder), Unit(), default);

        (await Adapter.SubmitAsync(Agreed(folder, areas: """["YE12"]"""), Unit(), default)).Should()
            .BeEquivalentTo(Reading.Nothing);
    }

    [Fact]
    public async Task That_bars_what_may_have_left_in_an_earlier_try_proves_nothing()
    {
        using var folder = new Folder();

        (await Adapter.SubmitAsync(Agreed(folder, areas: """["YE12"]"""), Unit() with { Again = true }, default)).Lines
            .Should().HaveCount(3).And.NotContain(answer => answer.Verdict.Outcome != Outcome.Unknown);
    }

    [Theory]
    [InlineData("wfp-payment-advice", "\"name\",\"household_id\",\"alternate\"", "gives account")]
    [InlineData("hope", "\"name\",\"household_id\",\"area\"", "gives alternate")]
    [InlineData("121", "\"account\"", "gives name")]
    public void That_does_not_allow_a_column_refuses_the_format(string format, string fields, string why)
    {
        var refusal =
            Refused(Adapter.Check(
                Connection("/d", format, "USD", ("agreement", Text("2026-01-01", "2026-12-31", fields, null)))));

        (refusal.Code, refusal.Reason).Should().Match<(string Code, string Reason)>(
            refused => refused.Code == "connection.not_agreed"
                && refused.Reason.Contains(why, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"reference":"A"}""", "agreement")]
    [InlineData("""{"reference":"A","validFrom":"2026-01-01","validUntil":"2025-01-01","fields":[]}""",
        "agreement.validUntil")]
    [InlineData("""{"reference":"A","validFrom":"2026-01-01","validUntil":"2026-12-31","fields":["religion"]}""",
        "agreement.fields")]
    [InlineData("""{"reference":"A","validFrom":"2026-01-01","validUntil":"2026-12-31","fields":[],"areas":[]}""",
        "agreement.areas")]
    [InlineData("""{"reference":"A","validFrom":"soon","validUntil":"2026-12-31","fields":[]}""",
        "agreement.validFrom")]
    public void That_will_not_do_is_refused_by_its_field(string agreement, string field) =>
        Refused(Adapter.Check(Connection("/d", "twintrack", "USD", ("agreement", agreement)))).Reason.Should()
            .Contain($"'{field}");

    private static Connection Agreed(Folder folder, string from = "2026-01-01", string until = "2026-12-31",
        string? areas = null) =>
        Connection(folder.Path, "twintrack", "USD", ("agreement", Text(from, until, Everything, areas)));

    private static string Text(string from, string until, string fields, string? areas) =>
        new StringBuilder("{\"reference\":\"DSA-1\",\"validFrom\":\"").Append(from)
        .Append("\",\"validUntil\":\"").Append(until).Append("\",\"fields\":[").Append(fields).Append(']')
        .Append(areas is null ? "" : ",\"areas\":" + areas).Append('}').ToString();

    private static Unit Unit()
    {
        var unit = SeededOrders.Unit(5, 3, "cash");
        return unit with { Orders = [unit.Orders[0], unit.Orders[1] with { Area = "YE1101" }, unit.Orders[2]] };
    }
}
