using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class A_connection
{
    private static readonly Connection Made = new("t1-momo", Currency.Of("XOF").Match(ok => ok, _ => default),
        new Dictionary<string, string> { ["url"] = "https://a.example", ["empty"] = "", ["blank"] = " " });

    [Fact]
    public void Has_a_setting_that_is_not_empty()
    {
        Made["url"].Should().Be("https://a.example");
        Made["blank"].Should().Be(" ");
        Made["empty"].Should().BeNull("an empty setting is no setting");
        Made["other"].Should().BeNull();
    }

    [Fact]
    public void Gives_a_required_setting_or_fails_by_the_names_of_channel_and_setting()
    {
        Made.Require("url").Should().Be("https://a.example");
        FluentActions.Invoking(() => Made.Require("empty")).Should().Throw<InvalidOperationException>()
            .WithMessage("*t1-momo*'empty'*");
    }
}
