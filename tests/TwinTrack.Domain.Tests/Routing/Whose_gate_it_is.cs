using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Whose_gate_it_is
{
    [Theory]
    [InlineData("government", 1, true)]
    [InlineData("government", 2, true)]
    [InlineData("partner", 1, false)]
    [InlineData("partner", 2, true)]
    [InlineData("Sahel Mobile", 1, false)]
    [InlineData("Sahel Mobile", 2, false)]
    [InlineData("", 2, false)]
    public void Is_said_by_the_party_and_the_track(string party, int track, bool may)
    {
        var refusal = GateAuthorization.Judge(new Actor("omar", party), "c-1", track);

        (refusal is null).Should().Be(may);
        (refusal?.Code ?? "").Should().Be(may ? "" : "channel.other_party");
    }

    [Fact]
    public void Is_known_for_every_party() =>
        GateAuthorization.Tracks.Keys.Should().BeEquivalentTo(Enum.GetValues<Party>());
}
