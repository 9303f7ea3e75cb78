using System.Net.Http.Json;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Routing.Persistence;
using static TwinTrack.Services.Tests.Routing.SwitchScene;

namespace TwinTrack.Services.Tests.Routing;

public sealed class A_switch_that_leaves_no_channel
{
    private const string Area = "NE009";

    [Fact]
    public async Task Pays_over_track_2_where_no_channel_of_track_1_covers()
    {
        await using var scene = await OpenAsync();
        await ReachOnlyByPartnerAsync(scene);
        (await scene.RouteAsync("mobile", Area)).Rows.Single().Reason.Should().StartWith("no channel of track 1");

        var id = await ProposeForAsync(scene.Operator, [Area]);
        await scene.VoteAsync(id, await scene.RehearseAsync(id, Waiting));
        await scene.AnswerCountAsync(id, 1, Waiting);

        var move = (await scene.Host.SentUntilAsync<StartMove>(1)).Single();
        move.Channels.Should().BeEmpty();
        (await scene.RouteAsync("mobile", Area)).Rows.Single().Should()
            .Match<RoutedRow>(row => row.Channel == "t2-agency" && row.SwitchId == id);
        (await scene.RouteAsync("mobile")).Rows.Single().Channel.Should().Be("t1-momo");
        (await scene.Host.SentAsync<RoutingDb, StopScope>()).Should().BeEmpty("it leaves no channel");
    }

    [Fact]
    public async Task Names_its_areas()
    {
        await using var scene = await OpenAsync();

        (await RefusedAsync(scene.Operator.PostAsJsonAsync("/routing/switches", new
        {
            programme = "psn",
            cycleId = Cycle,
            fromChannels = Array.Empty<string>(),
            toTrack = 2,
            reason = "funds_suspended",
        }))).Should().Be("switch.invalid");
    }

    private static DispositionRow Waiting =>
        new(Area, "mobile", "", "withdrawn", MadeBySwitch: false, Evidence: null, 3, 300, "treasury");

    private static Task ReachOnlyByPartnerAsync(SwitchScene scene) =>
        OkAsync(scene.Admin.PutAsJsonAsync("/routing/table", new
        {
            rows = new[]
            {
                new { area = "*", programme = "*", instrument = "*", channels = new[] { "t1-momo", "t2-agency" } },
                new { area = Area, programme = "*", instrument = "*", channels = new[] { "t2-agency" } },
            },
        }));
}
