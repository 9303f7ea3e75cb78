using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class A_provider_statement
{
    private static readonly Currency Xof =
        Currency.Of("XOF").Match(known => known, no => throw new FormatException(no.Code));

    private static readonly DateTimeOffset Midnight = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Is_taken_whole_when_every_line_is_sound()
    {
        var statement = Of(Line(1, 1), Line(2, 25_000));

        StatementCheck.Of(statement, Xof).Match(ok => ok, _ => null!).Should().BeSameAs(statement);
    }

    [Fact]
    public void May_have_no_lines() => Code(Of()).Should().BeEmpty();

    [Theory]
    [InlineData("XOF", "")]
    [InlineData("XAF", "statement.currency")]
    [InlineData("xof", "statement.currency")]
    [InlineData("", "statement.currency")]
    public void Has_every_line_in_the_channels_currency(string currency, string refusal) =>
        Code(Of(Line(1, 100), Line(2, 100, currency))).Should().Be(refusal);

    [Theory]
    [InlineData(1, "")]
    [InlineData(0, "statement.amount_unreadable")]
    [InlineData(-1, "statement.amount_unreadable")]
    public void Has_every_amount_above_zero(long amountMinor, string refusal) =>
        Code(Of(Line(1, 100), Line(2, amountMinor))).Should().Be(refusal);

    [Fact]
    public void Is_refused_by_the_place_of_its_first_fault()
    {
        Reason(Of(Line(1, 100), Line(2, 0), Line(3, 100, "XAF"))).Should().StartWith("Line 2, amount:");
        Reason(Of(Line(1, 100), Line(2, 0, "XAF"))).Should().StartWith("Line 2 is not in the channel's currency, XOF.");
    }

    private static Statement Of(params StatementLine[] lines) =>
        new("S1", Final: true, Midnight, Midnight.AddDays(1), lines);

    private static StatementLine Line(int line, long amountMinor, string currency = "XOF") =>
        new(line, null, Returned: false, amountMinor, currency, new DateOnly(2026, 11, 1), null);

    private static string Code(Statement statement) => StatementCheck.Of(statement, Xof).Match(_ => "", no => no.Code);

    private static string Reason(Statement statement) =>
        StatementCheck.Of(statement, Xof).Match(_ => "", no => no.Reason);
}
