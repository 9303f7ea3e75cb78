using TwinTrack.Entitlements.Domain;

namespace TwinTrack.Domain.Tests.Entitlements;

public sealed class A_period
{
    [Theory]
    [InlineData("2026-01")]
    [InlineData("2026-12")]
    [InlineData("0001-01")]
    [InlineData("9999-12")]
    public void Is_a_year_and_a_month(string text) =>
        Period.Of(text).Match(period => period, refusal => refusal.Code).Should().Be(text);

    [Theory]
    [InlineData("2026-00")]
    [InlineData("2026-13")]
    [InlineData("0000-01")]
    [InlineData("2026-1")]
    [InlineData("026-11")]
    [InlineData("12026-11")]
    [InlineData("2026-11-01")]
    [InlineData("2026/11")]
    [InlineData("11-2026")]
    [InlineData(" 2026-11")]
    [InlineData("2026-11 ")]
    [InlineData("2026-11\n")]
    [InlineData("2026 11")]
    [InlineData("٢٠٢٦-١١")]
    [InlineData("")]
    [InlineData(null)]
    public void Is_nothing_else(string? text) =>
        Period.Of(text).Match(_ => "", refusal => refusal.Code).Should().Be("cycle.bad_period");
}
