using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.MobileMoney;

public class Mobile_money_settings
{
    [Theory]
    [InlineData("baseUrl", "https://operator.example/v1.2/mm", true)]
    [InlineData("baseUrl", "http://127.0.0.1:5101", true)]
    [InlineData("baseUrl", "http://operator.example", false)]
    [InlineData("baseUrl", "ftp://operator.example", false)]
    [InlineData("baseUrl", "https://user:word@operator.example", false)]
    [InlineData("baseUrl", "https://operator.example/?x=1", false)]
    [InlineData("baseUrl", "", false)]
    [InlineData("apiKey", "", false)]
    [InlineData("apiKey", "a\r\nX-Other: b", false)]
    [InlineData("callbackBase", "not a url", false)]
    [InlineData("mode", "single", true)]
    [InlineData("mode", "bulk", false)]
    public void Are_checked_and_the_wrong_one_is_named(string name, string value, bool fine)
    {
        using var us = new OurSide();
        var connection = OurSide.Connection(new Uri("https://operator.example"));
        connection =
            connection with { Settings = new Dictionary<string, string>(connection.Settings) { [name] = value } };

        var refusal = us.Adapter.Check(connection).Match<Refusal?>(_ => null, no => no);

        (refusal is null).Should().Be(fine);
        refusal?.Reason.Should().Contain($"'{name}'").And.NotContain("word");
    }

    [Fact]
    public void Allow_plain_http_only_when_it_is_said()
    {
        using var us = new OurSide();

        var connection = OurSide.Connection(new Uri("http://simulator:8080"), "KES", ("plainHttp", "true"));

        us.Adapter.Check(connection).Should().BeOfType<Result<Connection>.Ok>();
    }
}
