using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Routing.Consumers;
using TwinTrack.Routing.Persistence;
using static TwinTrack.Services.Tests.Routing.SwitchScene;

namespace TwinTrack.Services.Tests.Routing;

public sealed class A_switch_that_is_aborted
{
    private static readonly DispositionRow[] Live = [Row("Settled", 4), Row("Released", 6)];

    [Fact]
    public async Task Diverts_nothing_more_and_ends_its_move()
    {
        await using var scene = await OpenAsync(watchSeconds: 600);
        var id = await FencedAsync(scene);
        await scene.Host.SentUntilAsync<WithdrawUnsent>(1);
        await scene.WithdrawnAsync(id, "t1-momo", 6);
        await scene.AnswerCountAsync(id, 2, Live);
        await scene.Host.SentUntilAsync<StartMove>(1);
        (await scene.RouteAsync("mobile")).Rows.Single().Channel.Should().Be("t2-agency");

        (await AbortAsync(scene.Minister, id))["state"]!.GetValue<string>().Should().NotBe("Aborted");
        (await AbortAsync(scene.Minister, id))["warnings"]![0]!.GetValue<string>().Should().Contain("partner 1");
        (await AbortAsync(scene.Partner, id))["state"]!.GetValue<string>().Should().Be("Aborted");

        (await scene.Host.SentUntilAsync<EndMove>(1)).Single().SwitchId.Should().Be(id);
        (await scene.RouteAsync("mobile")).Rows.Single().Channel.Should().BeNull("a person opens the closed channel");
        await OkAsync(
            scene.Operator.PostAsJsonAsync("/routing/channels/t1-momo/resume", new { reason = "it is over" }));
        (await scene.RouteAsync("mobile")).Rows.Single().Channel.Should().Be("t1-momo");
    }

    [Fact]
    public async Task Before_anything_moved_ends_without_a_move_and_bears_late_answers()
    {
        await using var scene = await OpenAsync();
        var id = await FencedAsync(scene);
        await scene.Host.SentUntilAsync<WithdrawUnsent>(1);

        await AbortAsync(scene.Partner, id);
        await AbortAsync(scene.Minister, id);
        await scene.WithdrawnAsync(id, "t1-momo", 6);
        await scene.Host.HandleAsync<RoutingDb, MoveRefused, MoveRefusedHandler>(new MoveRefused(id, "other"));

        var shown = await scene.ShowAsync(id);
        shown["state"]!.GetValue<string>().Should().Be("Aborted");
        shown["note"]!.GetValue<string>().Should().Be("the bank pays again");
        shown["abortVotes"]!.AsArray().Select(vote => vote!["user"]!.GetValue<string>()).Should()
            .Equal("boris", "amina");
        (await scene.Host.SentAsync<RoutingDb, EndMove>()).Should().BeEmpty("no move began");
        (await scene.Host.SentAsync<RoutingDb, StartMove>()).Should().BeEmpty();
        (await OkAsync(scene.Admin.GetAsync("/routing/audit"))).ToJsonString().Should()
            .Contain("boris@partner: the bank pays again");
    }

    [Fact]
    public async Task Before_the_vote_is_refused_because_it_can_be_withdrawn()
    {
        await using var scene = await OpenAsync();
        var id = await ProposeAsync(scene.Operator, from: "t1-momo");

        (await RefusedAsync(scene.Minister.PostAsJsonAsync($"/routing/switches/{id}/abort",
            new { reason = "the bank pays again" }))).Should().Be("lifecycle.not_allowed");
    }

    private static async Task<string> FencedAsync(SwitchScene scene)
    {
        var id = await ProposeAsync(scene.Operator, from: "t1-momo");
        await scene.VoteAsync(id, await scene.RehearseAsync(id, Live));
        await scene.AnswerCountAsync(id, 1, Live);
        await scene.Host.SentUntilAsync<FenceChannel>(1);
        await scene.FencedAsync("t1-momo", 2);
        return id;
    }

    private static Task<JsonObject> AbortAsync(HttpClient by, string id) =>
        OkAsync(by.PostAsJsonAsync($"/routing/switches/{id}/abort", new { reason = "the bank pays again" }));
}
