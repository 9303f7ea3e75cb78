using TwinTrack.Entitlements.Domain;

namespace TwinTrack.Domain.Tests.Entitlements;

public sealed class A_programme_code
{
    [Theory]
    [InlineData("NE", true)]
    [InlineData("NE-SSN_2", true)]
    [InlineData("ne", true)]
    [InlineData("--", true)]
    [InlineData("N", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("NE SSN", false)]
    [InlineData("NE/SSN", false)]
    [InlineData("NÉ", false)]
    [InlineData("N٣", false)]
    public void Has_at_least_two_letters_digits_hyphens_or_underscores(string? text, bool accepted) =>
        Code(text).Should().Be(accepted ? "" : "programme.bad_code");

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void Has_at_most_thirty_two_characters(int length, bool accepted) =>
        Code(new string('P', length)).Should().Be(accepted ? "" : "programme.bad_code");

    [Fact]
    public void Is_kept_as_it_was_written() =>
        ProgrammeCode.Of("Ne-ssn").Match(text => text, refusal => refusal.Code).Should().Be("Ne-ssn");

    private static string Code(string? text) => ProgrammeCode.Of(text).Match(_ => "", refusal => refusal.Code);
}
