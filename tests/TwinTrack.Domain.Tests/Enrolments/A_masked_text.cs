using TwinTrack.Enrolments.Domain;

namespace TwinTrack.Domain.Tests.Enrolments;

public sealed class A_masked_text
{
    [Theory]
    [InlineData("Amina", "A.")]
    [InlineData("Amina  Moussa Issa", "A. M. I.")]
    [InlineData("", "")]
    public void Of_a_name_is_the_initial_of_each_word(string name, string shown) =>
        Mask.Initials(name).Should().Be(shown);

    [Theory]
    [InlineData("", "")]
    [InlineData("7", "••7")]
    [InlineData("78", "••78")]
    [InlineData("789", "••89")]
    public void Of_an_account_is_its_last_two_characters(string account, string shown) =>
        Mask.Account(account).Should().Be(shown);
}
