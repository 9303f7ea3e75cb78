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
        var id = await CarriedAsync(scene);
        await scene.StopAsync(id, "t1-momo", 2, withdrawn: 6);
        await scene.Host.SentUntilAsync<StartMove>(1);
        (await scene.RouteAsync("mobile")).Rows.Single().Channel.Should().Be("t2-agency");

        (await AbortAsync(scene.Minister, id))["state"]!.GetValue<string>().Should().NotBe("Aborted");
        (await AbortAsync(scene.Minister, id))["warnings"]![0]!.GetValue<string>().Should().Contain("partner 1");
        (await AbortAsync(scene.Partner, id))["state"]!.GetValue<string>().Should().Be("Aborted");

        (await scene.Host.SentUntilAsync<EndMove>(1)).Single().SwitchId.Should().Be(id);
        (await scene.RouteAsync("mobile")).Rows.Single().Channel.Should().Be("t1-momo");
    }

    [Fact]
    public async Task Before_anything_moved_lets_payments_plan_again_and_bears_late_answers()
    {
        await using var scene = await OpenAsync();
        var id = await CarriedAsync(scene);
        await scene.Host.SentUntilAsync<StopScope>(1);

        await AbortAsync(scene.Partner, id);
        await AbortAsync(scene.Minister, id);
        await scene.StoppedAsync(id, "t1-momo", 2, withdrawn: 6, recalls: 0);
        await scene.Host.HandleAsync<RoutingDb, MoveRefused, MoveRefusedHandler>(new MoveRefused(id, "other"));

        var shown = await scene.ShowAsync(id);
        shown["state"]!.GetValue<string>().Should().Be("Aborted");
        shown["note"]!.GetValue<string>().Should().Be("the bank pays again");
        shown["abortVotes"]!.AsArray().Select(vote => vote!["user"]!.GetValue<string>()).Should()
            .Equal("boris", "amina");
        (await scene.Host.SentAsync<RoutingDb, EndMove>()).Should()
            .ContainSingle("what was withdrawn for the switch waits for its move").Which.SwitchId.Should().Be(id);
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

    private static async Task<string> CarriedAsync(SwitchScene scene)
    {
        var id = await ProposeAsync(scene.Operator, from: "t1-momo");
        await scene.VoteAsync(id, await scene.RehearseAsync(id, Live));
        await scene.AnswerCountAsync(id, 1, Live);
        return id;
    }

    private static Task<JsonObject> AbortAsync(HttpClient by, string id) =>
        OkAsync(by.PostAsJsonAsync($"/routing/switches/{id}/abort", new { reason = "the bank pays again" }));
}
