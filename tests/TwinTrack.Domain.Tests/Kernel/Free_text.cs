using TwinTrack.Kernel;

namespace TwinTrack.Domain.Tests.Kernel;

public sealed class Free_text
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("7", true)]
    [InlineData(" é ", true)]
    [InlineData("شكوى", true)]
    [InlineData("abcde", true)]
    [InlineData("abcdef", false)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("  ", false)]
    [InlineData("\n\t", false)]
    [InlineData("\u200b", false)]
    [InlineData("...", false)]
    [InlineData("\u3164", false)]
    [InlineData("\u115f\u1160", false)]
    [InlineData("\uffa0 ", false)]
    [InlineData("\u3164a", true)]
    [InlineData("\u2800", false)]
    [InlineData("\U0001E900\U0001E923", true)]
    [InlineData("\U0001D7D8", true)]
    [InlineData("\ud83a", false)]
    [InlineData("\U0001F600", false)]
    [InlineData("\U000E0041", false)]
    public void Is_given_when_it_has_a_letter_or_digit_and_is_not_too_long(string? text, bool given) =>
        FreeText.IsGiven(text, 5).Should().Be(given);
}
