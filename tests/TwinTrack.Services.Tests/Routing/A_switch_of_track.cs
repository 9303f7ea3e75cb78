using System.Net.Http.Json;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Routing.Consumers;
using TwinTrack.Routing.Persistence;
using static TwinTrack.Services.Tests.Routing.SwitchScene;

namespace TwinTrack.Services.Tests.Routing;

public sealed class A_switch_of_track
{
    private static readonly DispositionRow[] Live = [Row("Settled", 4), Row("Released", 5), Row("Sent", 1)];

    private static readonly DispositionRow[] Done =
        [Row("Settled", 5), Row("Settled", 5, "t2-agency", moved: true, evidence: "never_sent")];

    /// <summary>The first switch of a scene, from its proposal until all that had not left is withdrawn.</summary>
    private static async Task<(string Id, long Asked)> WithdrawnAsync(SwitchScene scene)
    {
        var id = await ProposeAsync(scene.Operator, from: "t1-momo");
        await scene.VoteAsync(id, await scene.RehearseAsync(id, Live));
        var asked = await scene.AnswerCountAsync(id, 1, Live);
        await scene.Host.SentUntilAsync<FenceChannel>(1);
        await scene.FencedAsync("t1-momo", 2);
        await scene.Host.SentUntilAsync<WithdrawUnsent>(1);
        await scene.WithdrawnAsync(id, "t1-momo", 5);
        return (id, asked);
    }

    [Fact]
    public async Task Goes_from_proposal_to_close_and_leaves_the_channel_closed()
    {
        await using var scene = await OpenAsync();
        var id = await ProposeAsync(scene.Operator, from: ["t1-momo", "t1-bank"]);
        await scene.VoteAsync(id, await scene.RehearseAsync(id, Live));

        var asked = await scene.AnswerCountAsync(id, 1, Live);
        await scene.Host.SentUntilAsync<FenceChannel>(2);
        (await scene.RouteAsync("mobile")).Rows.Single().Should()
            .Match<RoutedRow>(row => row.Channel == null && row.Reason.StartsWith("channel closed"));
        await scene.FencedAsync("t1-bank", 2);
        await scene.FencedAsync("t1-momo", 2, 4711);
        await scene.Host.SentUntilAsync<WithdrawUnsent>(2);
        await scene.WithdrawnAsync(id, "t1-momo", 5);
        await scene.WithdrawnAsync(id, "t1-bank", 0);
        asked = await scene.AnswerCountAsync(id, asked, Row("Settled", 4), Row("Withdrawn", 5), Row("Sent", 1));
        (await scene.Host.SentUntilAsync<RequestRecall>(1)).Single().Channel.Should()
            .Be("t1-bank", "mobile money has no recall");
        await scene.RecalledAsync(id, "t1-bank", 0);

        var move = (await scene.Host.SentUntilAsync<StartMove>(1)).Single();
        move.ListHash.Should().Be("list");
        move.Decision.Should().Contain("amina@government").And.Contain("boris@partner");
        (await scene.RouteAsync("mobile")).Rows.Single().Should()
            .Match<RoutedRow>(row => row.Channel == "t2-agency" && row.Track == 2 && row.SwitchId == id);

        asked = await scene.AnswerCountAsync(id, asked, Row("Settled", 4), Row("Withdrawn", 5), Row("Sent", 1));
        asked = await scene.AnswerCountAsync(
            id, asked, Row("Settled", 4), Row("Sent", 1),
            Row("Sent", 5, "t2-agency", moved: true, evidence: "never_sent"));
        await scene.UntilStateAsync(id, "Paying");
        (await RefusedAsync(
            scene.Operator.PostAsJsonAsync("/routing/channels/t1-momo/resume", new { reason = "try" }))).Should()
            .Be("channel.held_by_switch");
        asked = await scene.AnswerCountAsync(
            id, asked, Row("Settled", 4), Row("InDoubt", 1),
            Row("Settled", 5, "t2-agency", moved: true, evidence: "never_sent"));
        var watching = await scene.UntilStateAsync(id, "Watching");
        watching["progress"]!["inDoubt"]![0]!["owner"]!.GetValue<string>().Should()
            .Be("provider of t1-momo; operators");
        watching["progress"]!["moved"]![0]!["evidence"]!.GetValue<string>().Should().Be("never_sent");
        (await RefusedAsync(scene.Operator.PostAsync($"/routing/switches/{id}/close", null))).Should()
            .Be("switch.unfinished");
        await scene.AnswerCountAsync(id, asked, Done);

        var closed = await scene.UntilStateAsync(id, "Closed");
        closed["steps"]!.AsArray().Select(step => step!["state"]!.GetValue<string>()).Should().Equal(
            "Proposed", "Rehearsed", "Voted", "Fenced", "Snapshot", "Recalling", "Moving", "Paying", "Watching",
            "Closed");
        closed["channels"]![1]!["lastSequence"]!.GetValue<long>().Should().Be(4711);
        (await scene.Host.SentUntilAsync<EndMove>(1)).Should().ContainSingle();
        (await scene.ChannelAsync("t1-momo"))["gate"]!.GetValue<string>().Should().Be("Closed");
        await OkAsync(
            scene.Operator.PostAsJsonAsync("/routing/channels/t1-momo/resume", new { reason = "treasury is back" }));
        (await scene.Host.SentUntilAsync<OpenChannel>(1)).Single().Epoch.Should().Be(2);
    }

    [Fact]
    public async Task Continues_after_a_restart_in_the_middle_and_bears_every_answer_twice()
    {
        await using var scene = await OpenAsync();
        var id = await ProposeAsync(scene.Operator, from: "t1-momo");
        await scene.VoteAsync(id, await scene.RehearseAsync(id, Live));
        await scene.RestartAsync();

        var asked = await scene.AnswerCountAsync(id, 1, Live);
        await scene.CountedAsync(id, asked, "another", Live);
        await scene.Host.SentUntilAsync<FenceChannel>(1);
        await scene.FencedAsync("t1-momo", 1, 99);
        await scene.FencedAsync("t1-momo", 2, 7);
        await scene.FencedAsync("t1-momo", 2, 8);
        await scene.RestartAsync();
        await scene.Host.SentUntilAsync<WithdrawUnsent>(1);
        await scene.WithdrawnAsync(id, "t1-momo", 5);
        await scene.WithdrawnAsync(id, "t1-momo", 0);
        asked = await scene.AnswerCountAsync(id, asked, Row("Settled", 5), Row("Withdrawn", 5));
        await scene.RestartAsync();
        await scene.AnswerCountAsync(id, asked, Done);

        var closed = await scene.UntilStateAsync(id, "Closed");
        closed["progress"]!["obligations"]!.GetValue<long>().Should().Be(10);
        closed["channels"]![0]!["lastSequence"]!.GetValue<long>().Should().Be(7);
        closed["channels"]![0]!["withdrawn"]!.GetValue<long>().Should().Be(5);
        (await scene.Host.SentAsync<RoutingDb, StartMove>()).Should().ContainSingle();
        await scene.FencedAsync("t1-momo", 2);
        await scene.WithdrawnAsync(id, "t1-momo", 1);
        await scene.Host.HandleAsync<RoutingDb, MoveRefused, MoveRefusedHandler>(new MoveRefused(id, "other"));
        (await scene.ShowAsync(id))["state"]!.GetValue<string>().Should().Be("Closed");
    }

    [Fact]
    public async Task Refuses_a_stale_hash_and_the_proposers_vote()
    {
        await using var scene = await OpenAsync();
        var id = await ProposeAsync(scene.Minister, from: "t1-momo");
        var first = await scene.RehearseAsync(id, Live);
        (await RefusedAsync(
            scene.Minister.PostAsJsonAsync($"/routing/switches/{id}/votes",
                new { hash = first, approve = true }))).Should().Be("vote.by_proposer");
        await OkAsync(
            scene.Partner.PostAsJsonAsync($"/routing/switches/{id}/votes", new { hash = first, approve = true }));

        var second = await scene.RehearseAsync(id, [.. Live, Row("Planned", 1, "t1-bank")]);

        second.Should().NotBe(first);
        (await RefusedAsync(
            scene.Partner.PostAsJsonAsync($"/routing/switches/{id}/votes",
                new { hash = first, approve = true }))).Should().Be("vote.stale_hash");
        (await scene.ShowAsync(id))["votes"]![0]!["counts"]!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public async Task Is_void_when_the_list_changed_after_the_vote_and_no_gate_has_moved()
    {
        await using var scene = await OpenAsync();
        var id = await ProposeAsync(scene.Operator, from: "t1-momo");
        await scene.VoteAsync(id, await scene.RehearseAsync(id, Live));
        await TestHost.Until(() => scene.Host.SentAsync<RoutingDb, CountDispositions>(), sent => sent.Count == 2);

        await scene.CountedAsync(id, 2, "another list", Live);

        (await scene.UntilStateAsync(id, "Voided"))["note"]!.GetValue<string>().Should().NotBeEmpty();
        (await scene.Host.SentAsync<RoutingDb, FenceChannel>()).Should().BeEmpty();
    }

    [Fact]
    public async Task Is_void_when_payments_refuses_the_list_and_leads_no_route_any_more()
    {
        await using var scene = await OpenAsync(watchSeconds: 600);
        var (id, asked) = await WithdrawnAsync(scene);
        await scene.AnswerCountAsync(id, asked, Live);
        await scene.Host.SentUntilAsync<StartMove>(1);

        await scene.Host.HandleAsync<RoutingDb, MoveRefused, MoveRefusedHandler>(new MoveRefused(id, "other"));

        (await scene.ShowAsync(id))["state"]!.GetValue<string>().Should().Be("Voided");
        (await scene.RouteAsync("mobile")).Rows.Single().Channel.Should()
            .BeNull("its gate is closed and nobody's decision leads elsewhere");
    }

    [Fact]
    public async Task Back_to_track_1_opens_its_gates_and_ends_the_detour()
    {
        await using var scene = await OpenAsync();
        var (away, asked) = await WithdrawnAsync(scene);
        asked = await scene.AnswerCountAsync(away, asked, Done);
        await scene.AnswerCountAsync(away, asked, Done);
        await scene.UntilStateAsync(away, "Closed");
        (await scene.RouteAsync("mobile")).Rows.Single().Channel.Should()
            .Be("t2-agency", "the detour lasts for its cycle");

        var back = await ProposeAsync(scene.Operator, 1, "return", "t2-agency");
        await scene.VoteAsync(back, await scene.RehearseAsync(back, Done));
        await scene.AnswerCountAsync(back, 1, Done);

        (await scene.Host.SentUntilAsync<OpenChannel>(1)).Single().Should()
            .Match<OpenChannel>(open => open.Channel == "t1-momo" && open.Epoch == 2);
        await scene.OpenedAsync("t1-momo", 2);
        (await scene.ChannelAsync("t1-momo"))["gate"]!.GetValue<string>().Should().Be("Open");
        (await scene.RouteAsync("mobile")).Rows.Single().Channel.Should().Be("t1-momo");

        // The way to the partner stays closed, and who would go there again is told so before anybody votes.
        var again = new
        {
            programme = "psn",
            cycleId = Cycle,
            fromChannels = new[] { "t1-momo" },
            toTrack = 2,
            reason = "funds_suspended",
            until = "2026-12-31"
        };
        (await RefusedAsync(scene.Operator.PostAsJsonAsync("/routing/switches", again))).Should()
            .Be("switch.target_held");
        await scene.FencedAsync("t2-agency", 2);
        await scene.Host.SentUntilAsync<WithdrawUnsent>(2);
        await scene.WithdrawnAsync(back, "t2-agency", 0);
        asked = await scene.AnswerCountAsync(back, 2, Done);
        await scene.Host.SentUntilAsync<RequestRecall>(1);
        await scene.RecalledAsync(back, "t2-agency", 0);
        await scene.AnswerCountAsync(back, asked, Done);
        await scene.UntilStateAsync(back, "Closed");
        using var refused = await scene.Operator.PostAsJsonAsync("/routing/switches", again);
        (await refused.Content.ReadAsStringAsync()).Should()
            .Contain($"t2-agency has been closed since switch {back}").And.Contain("channel resume t2-agency");

        await OkAsync(scene.Operator.PostAsJsonAsync("/routing/channels/t2-agency/resume", new { reason = "on call" }));
        await scene.OpenedAsync("t2-agency", 2);
        (await OkAsync(scene.Operator.PostAsJsonAsync("/routing/switches", again)))["warnings"]!.AsArray().Should()
            .BeEmpty();
    }

    [Fact]
    public async Task Back_to_track_1_does_not_wait_until_the_partner_has_paid()
    {
        await using var scene = await OpenAsync();
        var (away, asked) = await WithdrawnAsync(scene);
        DispositionRow[] paying = [Row("Settled", 5),
            Row("Released", 5, "t2-agency", moved: true, evidence: "never_sent")];
        asked = await scene.AnswerCountAsync(away, asked, paying);
        await scene.AnswerCountAsync(away, asked, paying);
        await scene.UntilStateAsync(away, "Paying");

        var back = await ProposeAsync(scene.Operator, 1, "return", "t2-agency");
        await scene.VoteAsync(back, await scene.RehearseAsync(back, paying));
        await scene.AnswerCountAsync(back, 1, paying);

        (await scene.Host.SentUntilAsync<OpenChannel>(1)).Single().Should()
            .Match<OpenChannel>(open => open.Channel == "t1-momo" && open.Epoch == 2);
        (await scene.Host.SentUntilAsync<FenceChannel>(2)).Should()
            .Contain(fence => fence.Channel == "t2-agency" && fence.Epoch == 2);
        await scene.OpenedAsync("t1-momo", 2);
        (await scene.RouteAsync("mobile")).Rows.Single().Channel.Should().Be("t1-momo");
        (await scene.ShowAsync(away))["state"]!.GetValue<string>().Should()
            .Be("Paying", "what the partner has been sent it may still pay");
    }

    [Fact]
    public async Task Of_some_areas_lets_an_operator_open_its_channels_for_the_others_once_it_moves()
    {
        await using var scene = await OpenAsync();
        var id = await ProposeForAsync(scene.Operator, ["NE001"], "t1-momo");
        await scene.VoteAsync(id, await scene.RehearseAsync(id, Live));
        var asked = await scene.AnswerCountAsync(id, 1, Live);
        await scene.Host.SentUntilAsync<FenceChannel>(1);
        await scene.FencedAsync("t1-momo", 2);
        (await RefusedAsync(
            scene.Operator.PostAsJsonAsync("/routing/channels/t1-momo/resume", new { reason = "too early" }))).Should()
            .Be("channel.held_by_switch");
        await scene.Host.SentUntilAsync<WithdrawUnsent>(1);
        await scene.WithdrawnAsync(id, "t1-momo", 5);
        await scene.AnswerCountAsync(id, asked, Live);
        await scene.UntilStateAsync(id, "Moving");

        await OkAsync(
            scene.Operator.PostAsJsonAsync("/routing/channels/t1-momo/resume",
                new { reason = "the others are paid as planned" }));

        (await scene.Host.SentUntilAsync<OpenChannel>(1)).Single().Epoch.Should().Be(2);
        await scene.OpenedAsync("t1-momo", 2);
        (await scene.RouteAsync("mobile")).Rows.Single().Channel.Should()
            .Be("t2-agency", "its own area stays where the vote has led it");
        (await scene.RouteAsync("mobile", "NE002")).Rows.Single().Channel.Should().Be("t1-momo");
    }
}

internal static class SentUntil
{
    /// <summary>Waits until this many messages of a kind have been sent.</summary>
    public static Task<List<TMessage>> SentUntilAsync<TMessage>(this TestHost host, int count) =>
        TestHost.Until(() => host.SentAsync<RoutingDb, TMessage>(), sent => sent.Count >= count);
}
