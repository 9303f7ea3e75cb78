using TwinTrack.Cli.Remote;
using TwinTrack.Embedded;

namespace TwinTrack.EndToEnd.Tests;

public sealed class The_command_line
{
    [Fact]
    public void Knows_every_service() =>
        ServiceNames.All.Should().Equal(AllModules.InReadingOrder().Select(module => module.Name));
}
