using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class A_checked_statement
{
    private static readonly Currency Currency =
        Currency.Of("XOF").Match(known => known, no => throw new FormatException(no.Code));

    [Fact]
    public void Of_lines_above_zero_in_the_channels_currency_is_taken() =>
        CodeOf((1, "XOF"), (15_000, "XOF")).Should().BeNull();

    [Theory]
    [InlineData(15_000, "XAF", "statement.currency")]
    [InlineData(0, "XOF", "statement.amount_unreadable")]
    [InlineData(-1, "XOF", "statement.amount_unreadable")]
    public void Is_refused_for_one_wrong_line_among_sound_ones(long amountMinor, string currency, string code) =>
        CodeOf((15_000, "XOF"), (amountMinor, currency)).Should().Be(code);

    private static string? CodeOf(params (long AmountMinor, string Currency)[] lines)
    {
        var read = lines.Select((line, index) => new StatementLine(
            index + 1, null, Returned: false, line.AmountMinor, line.Currency, new DateOnly(2026, 11, 1), null));
        var day = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        var statement = new Statement("S1", Final: true, day, day.AddDays(1), [.. read]);
        return StatementCheck.Of(statement, Currency).Match(_ => (string?)null, refusal => refusal.Code);
    }
}
