using TwinTrack.Enrolments.Domain;

namespace TwinTrack.Domain.Tests.Enrolments;

public sealed class A_poverty_score
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("0.01", 1)]
    [InlineData("23.5", 2_350)]
    [InlineData("99.99", 9_999)]
    [InlineData("100", 10_000)]
    [InlineData("100.00", 10_000)]
    public void Goes_from_nothing_to_a_hundred_in_hundredths(string text, int hundredths) =>
        PovertyScore.Parse(text).Match(score => score.Hundredths, _ => -1).Should().Be(hundredths);

    [Theory]
    [InlineData("100.01", "poverty_score.out_of_range")]
    [InlineData("101", "poverty_score.out_of_range")]
    [InlineData("0.001", "number.unreadable")]
    [InlineData("99.999", "number.unreadable")]
    [InlineData("23,5", "number.unreadable")]
    [InlineData("1 0", "number.unreadable")]
    [InlineData("+1", "number.unreadable")]
    [InlineData("-", "number.unreadable")]
    [InlineData("", "number.unreadable")]
    [InlineData("-1", "number.negative")]
    [InlineData("\u22121", "number.negative")]
    [InlineData("1E+1", "number.scientific")]
    [InlineData("1,5e10", "number.scientific")]
    public void Is_refused_when_it_is_not_such_a_number(string text, string code) =>
        PovertyScore.Parse(text).Match(_ => "", refusal => refusal.Code).Should().Be(code);

    [Fact]
    public void Is_made_of_a_number_too()
    {
        Of(0m).Should().Be("0");
        Of(100m).Should().Be("100");
        Of(12.34m).Should().Be("12.34");
        Of(-0.01m).Should().Be("number.negative");
        Of(100.01m).Should().Be("poverty_score.out_of_range");
        Of(12.345m).Should().Be("number.unreadable");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    public void Is_read_back_from_its_hundredths(int hundredths) =>
        PovertyScore.OfHundredths(hundredths).Hundredths.Should().Be(hundredths);

    [Theory]
    [InlineData(-1)]
    [InlineData(10_001)]
    public void Is_never_read_back_from_anything_else(int hundredths)
    {
        var read = () => PovertyScore.OfHundredths(hundredths);

        read.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static string Of(decimal score) =>
        PovertyScore.Of(score).Match(read => Invariant($"{read.Value}"), refusal => refusal.Code);
}
