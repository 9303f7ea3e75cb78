using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class A_status_map
{
    private static readonly StatusRow Paid = new("pain.002", "ACSC", Outcome.Settled, Grade.A, "ISO 20022");
    private static readonly StatusRow Stopped = new("camt.029", "cncl", Outcome.Recalled, Grade.A, "ISO 20022");
    private static readonly StatusMap Map = new(Paid, Stopped);

    [Theory]
    [InlineData("pain.002", "ACSC", Outcome.Settled, Grade.A)]
    [InlineData("pain.002", "acsc", Outcome.Settled, Grade.A)]
    [InlineData("camt.029", "CNCL", Outcome.Recalled, Grade.A)]
    [InlineData("camt.029", "ACSC", Outcome.Unknown, Grade.D)]
    [InlineData("PAIN.002", "ACSC", Outcome.Unknown, Grade.D)]
    [InlineData("pain.002", "ACSX", Outcome.Unknown, Grade.D)]
    [InlineData("pain.002", "", Outcome.Unknown, Grade.D)]
    public void Reads_a_listed_code_in_any_case_and_knows_no_other(
        string message, string code, Outcome outcome, Grade grade)
    {
        Map.Read(message, code).Should().Be(new Verdict(outcome, grade, code), "the code is kept as it was written");
        Map.Lists(message, code).Should().Be(outcome != Outcome.Unknown);
    }

    [Fact]
    public void Reads_nothing_from_a_message_without_a_code() =>
        Map.Read("pain.002", null).Should().Be(new Verdict(Outcome.Unknown, Grade.D, "NOT_SAID"));

    [Fact]
    public void Shows_its_rows_in_order() => Map.Rows.Should().Equal(Paid, Stopped);

    [Fact]
    public void Lists_a_code_of_a_message_once() =>
        FluentActions.Invoking(() => new StatusMap(Paid, Paid with { Code = "acsc" })).Should()
            .Throw<ArgumentException>();
}
