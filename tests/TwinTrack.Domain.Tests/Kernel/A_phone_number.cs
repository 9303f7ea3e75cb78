using TwinTrack.Kernel;

namespace TwinTrack.Domain.Tests.Kernel;

public sealed class A_phone_number
{
    [Theory]
    [InlineData("+22790123456", "227", "90123456", "NE", true)]
    [InlineData("+254700000001", "254", "700000001", "KE", true)]
    [InlineData("+2290197000000", "229", "0197000000", "BJ", true)]
    [InlineData("+967712345678", "967", "712345678", "YE", true)]
    [InlineData("+22720201234", "227", "20201234", "NE", false)]
    [InlineData("+22750123456", "227", "50123456", "NE", null)]
    public void Is_read_by_the_plan_of_its_country(
        string text, string code, string national, string? country, bool? mobile) =>
        PhoneNumber.Read(text).Should().Be(new PhoneNumber(text, code, national, country, mobile));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("22790123456")]
    [InlineData("+227 90 12 34 56")]
    [InlineData("+227-90123456")]
    [InlineData("+22790123456;ext=3")]
    [InlineData("+22790123456\n")]
    [InlineData("+٢٢٧٩٠١٢٣٤٥٦")]
    [InlineData("+0022790123456")]
    [InlineData("+99912345678")]
    [InlineData("+2279012345678901234567")]
    [InlineData("+22712")]
    [InlineData("+2279012345678901")]
    [InlineData("+22790123456789012")]
    public void Has_one_spelling(string? text) => PhoneNumber.Read(text).Should().BeNull();

    [Theory]
    [InlineData("260", true)]
    [InlineData("1", true)]
    [InlineData("999", false)]
    [InlineData("0260", false)]
    [InlineData("+260", false)]
    [InlineData(null, false)]
    public void Has_a_country_code_of_a_plan(string? code, bool known) =>
        PhoneNumber.IsCountryCode(code).Should().Be(known);

    [Theory]
    [InlineData("NE", true)]
    [InlineData("ne", false)]
    [InlineData("XX", false)]
    public void Has_a_country_with_a_plan(string country, bool known) =>
        PhoneNumber.IsCountry(country).Should().Be(known);
}
