using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Domain;
using static TwinTrack.Reconciliation.Domain.InstructionState;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class Two_lines_of_a_booking
{
    private static readonly StatementId First = StatementId.From(new Guid(1, 0, 0, new byte[8]));
    private static readonly StatementId Second = StatementId.From(new Guid(2, 0, 0, new byte[8]));
    private static readonly StatementId Third = StatementId.From(new Guid(3, 0, 0, new byte[8]));

    private static readonly StatementLine Line = new()
    {
        StatementId = First,
        Line = 1,
        Channel = "t1-momo",
        InstructionId = new Guid(9, 0, 0, new byte[8]),
        Kind = LineKind.Paid,
        AmountMinor = 1_000,
        Currency = "XOF",
        BookedOn = new DateOnly(2026, 11, 20),
        ProviderReference = "A",
    };

    private static readonly Dictionary<string, StatementLine> Others = new()
    {
        ["another kind"] = Line with { Kind = LineKind.Returned },
        ["another amount"] = Line with { AmountMinor = 999 },
        ["another currency"] = Line with { Currency = "USD" },
        ["another day"] = Line with { BookedOn = new DateOnly(2026, 11, 21) },
        ["another reference"] = Line with { ProviderReference = "B" },
    };

    public static TheoryData<string> NamesOfOthers => [.. Others.Keys];

    [Fact]
    public void Agree_in_kind_amount_currency_day_and_reference() =>
        Line.IsSameBooking(Line with { StatementId = Second, Line = 5, Channel = "t1-bank" }).Should().BeTrue();

    [Theory]
    [MemberData(nameof(NamesOfOthers))]
    public void Differ_in_nothing_that_tells_bookings_apart(string other)
    {
        Line.IsSameBooking(Others[other]).Should().BeFalse();
        Others[other].IsSameBooking(Line).Should().BeFalse();
    }

    [Theory]
    [InlineData(null, "A")]
    [InlineData("A", null)]
    [InlineData(null, null)]
    public void May_lack_a_reference(string? one, string? other) =>
        (Line with { ProviderReference = one }).IsSameBooking(Line with { ProviderReference = other }).Should()
            .BeTrue();

    /// <summary>How often earlier statements show the booking, and how often this one has shown it.</summary>
    [Theory]
    [InlineData(1, 0, 0, LineVerdict.Repeated)]
    [InlineData(2, 0, 1, LineVerdict.Repeated)]
    [InlineData(1, 1, 0, LineVerdict.Repeated)]
    [InlineData(1, 1, 1, LineVerdict.DuplicateLine)]
    [InlineData(1, 2, 1, LineVerdict.Repeated)]
    [InlineData(2, 1, 1, LineVerdict.Repeated)]
    [InlineData(2, 1, 2, LineVerdict.DuplicateLine)]
    [InlineData(0, 0, 1, LineVerdict.DuplicateLine)]
    [InlineData(0, 0, 0, LineVerdict.Matched)]
    public void Are_one_as_often_as_one_earlier_statement_showed_it(
        int onFirst, int onSecond, int onThis, LineVerdict verdict)
    {
        var earlier = Shown(First, onFirst).Concat(Shown(Second, onSecond)).Concat(Shown(Third, onThis));

        StatementLineRule.Judge(Line with { StatementId = Third, Line = 99 }, Settlement(), earlier).Should()
            .Be(verdict);
    }

    private static IEnumerable<StatementLine> Shown(StatementId statement, int times) =>
        Enumerable.Range(1, times).Select(number => Line with { StatementId = statement, Line = number });

    private static Expectation Settlement() => new()
    {
        InstructionId = Line.InstructionId!.Value,
        ObligationId = ObligationId.From(Line.InstructionId.Value),
        BatchId = BatchId.From(Line.InstructionId.Value),
        Programme = "NE-SSN",
        Currency = "XOF",
        Channel = "t1-momo",
        Track = 1,
        FundingSource = "treasury",
        State = Settled,
        Version = 4,
        OrderedMinor = 1_000,
        DeliveredMinor = 1_000,
    };
}
