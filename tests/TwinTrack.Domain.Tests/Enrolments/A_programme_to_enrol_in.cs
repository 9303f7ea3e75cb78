using TwinTrack.Enrolments.Domain;

namespace TwinTrack.Domain.Tests.Enrolments;

public sealed class A_programme_to_enrol_in
{
    [Theory]
    [InlineData("N", true)]
    [InlineData("NE-SSN_2.b", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("NE SSN", false)]
    [InlineData("NE/SSN", false)]
    [InlineData("NÉ", false)]
    public void Has_letters_digits_hyphens_points_and_underscores(string? text, bool accepted) =>
        Read(text).Should().Be(accepted ? text : "programme.unreadable");

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Has_at_most_sixty_four_characters(int length, bool accepted)
    {
        var text = new string('P', length);

        Read(text).Should().Be(accepted ? text : "programme.unreadable");
    }

    private static string Read(string? text) => ProgrammeCode.Parse(text).Match(code => code, refusal => refusal.Code);
}
