using System.Net.Http.Json;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Routing.Persistence;
using static TwinTrack.Services.Tests.Routing.SwitchScene;

namespace TwinTrack.Services.Tests.Routing;

public sealed class A_channels_gate
{
    [Fact]
    public async Task Of_track_1_is_not_the_partners_to_close_or_to_open()
    {
        await using var scene = await OpenAsync();
        using var boubacar = scene.Host.As("boubacar", "partner", Role.Operator);

        foreach (var act in new[] { "pause", "resume" })
        {
            (await RefusedAsync(
                boubacar.PostAsJsonAsync($"/routing/channels/t1-momo/{act}", new { reason = "queue is full" })))
                .Should().Be("channel.other_party");
        }

        await OkAsync(boubacar.PostAsJsonAsync("/routing/channels/t2-agency/pause", new { reason = "no cash today" }));
    }

    [Fact]
    public async Task Is_closed_by_one_operator_at_once_under_the_same_epoch_and_stays_the_route()
    {
        await using var scene = await OpenAsync();

        await OkAsync(
            scene.Operator.PostAsJsonAsync("/routing/channels/t1-momo/pause", new { reason = "queue is full" }));
        (await scene.Host.SentAsync<RoutingDb, FenceChannel>()).Single().Should()
            .Match<FenceChannel>(fence => fence.Channel == "t1-momo" && fence.Epoch == 1);
        (await RefusedAsync(
            scene.Operator.PostAsJsonAsync("/routing/channels/t1-momo/resume", new { reason = "too soon" }))).Should()
            .Be("channel.not_closed");
        await scene.FencedAsync("t1-momo", 1, 42);

        var closed = await scene.ChannelAsync("t1-momo");
        closed["gate"]!.GetValue<string>().Should().Be("Closed");
        closed["lastSequence"]!.GetValue<long>().Should().Be(42);
        (await RefusedAsync(
            scene.Operator.PostAsJsonAsync("/routing/channels/t1-momo/pause", new { reason = "again" }))).Should()
            .Be("channel.already_closed");
        (await scene.RouteAsync("mobile")).Rows.Single().Should()
            .Match<RoutedRow>(row => row.Channel == "t1-momo" && row.Reason.EndsWith("(paused)"));

        await OkAsync(
            scene.Operator.PostAsJsonAsync("/routing/channels/t1-momo/resume", new { reason = "queue is empty" }));
        await scene.OpenedAsync("t1-momo", 1);
        (await scene.ChannelAsync("t1-momo"))["gate"]!.GetValue<string>().Should().Be("Open");
    }

    [Fact]
    public async Task That_opens_against_our_wish_is_closed_again()
    {
        await using var scene = await OpenAsync();
        await OkAsync(
            scene.Operator.PostAsJsonAsync("/routing/channels/t1-momo/pause", new { reason = "queue is full" }));
        await scene.FencedAsync("t1-momo", 1);

        await scene.OpenedAsync("t1-momo", 1);

        (await scene.Host.SentAsync<RoutingDb, FenceChannel>()).Should().HaveCount(2);
        (await scene.ChannelAsync("t1-momo"))["gate"]!.GetValue<string>().Should().Be("Closing");
    }

    [Fact]
    public async Task Setting_the_table_makes_a_new_version_and_refuses_what_nobody_registered()
    {
        await using var scene = await OpenAsync();
        var row = new { area = "NE001", programme = "*", instrument = "mobile", channels = new[] { "t2-agency" } };

        (await OkAsync(
            scene.Admin.PutAsJsonAsync("/routing/table", new { rows = new[] { row } })))["version"]!.GetValue<int>()
            .Should().Be(2);
        (await RefusedAsync(
            scene.Admin.PutAsJsonAsync("/routing/table",
                new { rows = new[] { row with { channels = new[] { "ghost" } } } }))).Should().Be("table.invalid");
        (await OkAsync(scene.Operator.GetAsync("/routing/table")))["version"]!.GetValue<int>().Should().Be(2);
    }
}
