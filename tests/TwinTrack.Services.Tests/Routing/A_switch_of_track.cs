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

    /// <summary>The first switch of a scene, from its proposal until its channel is stopped.</summary>
    private static async Task<(string Id, long Asked)> StoppedAsync(SwitchScene scene)
    {
        var id = await ProposeAsync(scene.Operator, from: "t1-momo");
        await scene.VoteAsync(id, await scene.RehearseAsync(id, Live));
        var asked = await scene.AnswerCountAsync(id, 1, Live);
        await scene.StopAsync(id, "t1-momo", 2, 5);
        return (id, asked);
    }

    [Fact]
    public async Task Goes_from_proposal_to_close_and_moves_no_gate()
    {
        await using var scene = await OpenAsync();
        var id = await ProposeAsync(scene.Operator, from: ["t1-momo", "t1-bank"]);
        await scene.VoteAsync(id, await scene.RehearseAsync(id, Live));

        var asked = await scene.AnswerCountAsync(id, 1, Live);
        (await scene.Host.SentUntilAsync<StopScope>(2)).Should().AllSatisfy(stop =>
            (stop.SwitchId, stop.Epoch, stop.Programme, stop.Recall).Should().Be((id, 2, "psn", true)));
        (await scene.RouteAsync("mobile")).Rows.Single().Should().Match<RoutedRow>(
            row => row.Channel == null && row.Reason == $"waits: t1-momo is being left (switch {id})");
        await scene.StoppedAsync(id, "t1-bank", 2, withdrawn: 0, recalls: 0);
        await scene.StoppedAsync(id, "t1-momo", 2, withdrawn: null, recalls: null, 4711);
        await scene.StoppedAsync(id, "t1-momo", 2, withdrawn: 5, recalls: null, 4711);
        (await scene.UntilStateAsync(id, "Stopping"))["channels"]!.AsArray().Select(
            channel => channel!["withdrawn"]!.GetValue<long>()).Should().Equal(0, 5);
        (await scene.Host.SentAsync<RoutingDb, StartMove>()).Should().BeEmpty("a recall is not asked yet");
        await scene.StoppedAsync(id, "t1-momo", 2, withdrawn: 5, recalls: 1, 4711);

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
        asked = await scene.AnswerCountAsync(
            id, asked, Row("Settled", 4), Row("InDoubt", 1),
            Row("Settled", 5, "t2-agency", moved: true, evidence: "never_sent"));
        var watching = await scene.UntilStateAsync(id, "Watching");
        watching["progress"]!["inDoubt"]![0]!["owner"]!.GetValue<string>().Should()
            .Be("provider of t1-momo; operators");
        watching["progress"]!["inDoubt"]![0]!["since"].Should().NotBeNull("its stop is proved");
        watching["progress"]!["moved"]![0]!["evidence"]!.GetValue<string>().Should().Be("never_sent");
        (await RefusedAsync(scene.Operator.PostAsync($"/routing/switches/{id}/close", null))).Should()
            .Be("switch.unfinished");
        await scene.AnswerCountAsync(id, asked, Done);

        var closed = await scene.UntilStateAsync(id, "Closed");
        closed["steps"]!.AsArray().Select(step => step!["state"]!.GetValue<string>()).Should().Equal(
            "Proposed", "Rehearsed", "Voted", "Stopping", "Moving", "Paying", "Watching", "Closed");
        closed["channels"]![1]!["lastSequence"]!.GetValue<long>().Should().Be(4711);
        (await scene.Host.SentUntilAsync<EndMove>(1)).Should().ContainSingle();
        var channel = await scene.ChannelAsync("t1-momo");
        (channel["gate"]!.GetValue<string>(), channel["epoch"]!.GetValue<long>()).Should().Be(("Open", 2));
        (await scene.Host.SentAsync<RoutingDb, FenceChannel>()).Should().BeEmpty();
        (await scene.Host.SentAsync<RoutingDb, OpenChannel>()).Should().BeEmpty();
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
        await scene.Host.SentUntilAsync<StopScope>(1);
        await scene.StoppedAsync(id, "t1-momo", 1, 9, 9, 99);
        await scene.StoppedAsync(id, "t1-momo", 2, null, null, 7);
        await scene.StoppedAsync(id, "t1-momo", 2, null, null, 8);
        await scene.RestartAsync();
        await scene.StoppedAsync(id, "t1-momo", 2, 5, 0);
        await scene.StoppedAsync(id, "t1-momo", 2, 0, null);
        await scene.Host.SentUntilAsync<StartMove>(1);
        await scene.RestartAsync();
        await scene.AnswerCountAsync(id, asked, Done);

        var closed = await scene.UntilStateAsync(id, "Closed");
        closed["progress"]!["obligations"]!.GetValue<long>().Should().Be(10);
        closed["channels"]![0]!["lastSequence"]!.GetValue<long>().Should().Be(7);
        closed["channels"]![0]!["withdrawn"]!.GetValue<long>().Should().Be(5);
        (await scene.Host.SentAsync<RoutingDb, StartMove>()).Should().ContainSingle();
        await scene.StoppedAsync(id, "t1-momo", 2, 1, 1);
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
    public async Task Is_void_when_the_list_changed_after_the_vote_and_nothing_is_stopped()
    {
        await using var scene = await OpenAsync();
        var id = await ProposeAsync(scene.Operator, from: "t1-momo");
        await scene.VoteAsync(id, await scene.RehearseAsync(id, Live));
        await TestHost.Until(() => scene.Host.SentAsync<RoutingDb, CountDispositions>(), sent => sent.Count == 2);

        await scene.CountedAsync(id, 2, "another list", Live);

        (await scene.UntilStateAsync(id, "Voided"))["note"]!.GetValue<string>().Should().NotBeEmpty();
        (await scene.Host.SentAsync<RoutingDb, StopScope>()).Should().BeEmpty();
        (await scene.ChannelAsync("t1-momo"))["epoch"]!.GetValue<long>().Should().Be(1);
    }

    [Fact]
    public async Task Is_void_when_payments_refuses_the_list_and_leads_no_route_any_more()
    {
        await using var scene = await OpenAsync(watchSeconds: 600);
        var (id, _) = await StoppedAsync(scene);
        await scene.Host.SentUntilAsync<StartMove>(1);

        await scene.Host.HandleAsync<RoutingDb, MoveRefused, MoveRefusedHandler>(new MoveRefused(id, "other"));

        (await scene.ShowAsync(id))["state"]!.GetValue<string>().Should().Be("Voided");
        (await scene.RouteAsync("mobile")).Rows.Single().Should().Match<RoutedRow>(
            row => row.Channel == "t1-momo" && row.Epoch == 2, "what was stopped is planned again where it was");
    }

    [Fact]
    public async Task Back_to_track_1_ends_the_detour_and_the_next_one_may_follow()
    {
        await using var scene = await OpenAsync();
        var (away, asked) = await StoppedAsync(scene);
        await scene.AnswerCountAsync(away, asked, Done);
        await scene.UntilStateAsync(away, "Closed");
        (await scene.RouteAsync("mobile")).Rows.Single().Channel.Should()
            .Be("t2-agency", "the detour lasts for its cycle");

        var back = await ProposeAsync(scene.Operator, 1, "return", "t2-agency");
        await scene.VoteAsync(back, await scene.RehearseAsync(back, Done));
        asked = await scene.AnswerCountAsync(back, 1, Done);
        await scene.Host.SentUntilAsync<StopScope>(2);
        (await scene.RouteAsync("mobile")).Rows.Single().Should().Match<RoutedRow>(
            row => row.Channel == "t1-momo" && row.Epoch == 2, "an earlier stop does not bar the way back");

        // A second suspension while the return is under way is proposed like any other.
        (await OkAsync(scene.Operator.PostAsJsonAsync("/routing/switches", Again)))["warnings"]!.AsArray().Single()!
            .GetValue<string>().Should().Contain($"Switch {back} (Stopping) covers the same payments");
        await scene.StopAsync(back, "t2-agency", 2);
        await scene.AnswerCountAsync(back, asked, Done);
        await scene.UntilStateAsync(back, "Closed");
        (await OkAsync(scene.Operator.PostAsJsonAsync("/routing/switches", Again)))["warnings"]!.AsArray()
            .Select(warning => warning!.GetValue<string>()).Should()
            .OnlyContain(warning => warning.Contains("(Proposed)") || warning.Contains("(Rehearsed)"),
                "no channel is closed, and the return has ended");
    }

    [Fact]
    public async Task Back_to_track_1_does_not_wait_until_the_partner_has_paid()
    {
        await using var scene = await OpenAsync();
        var (away, asked) = await StoppedAsync(scene);
        DispositionRow[] paying = [Row("Settled", 5),
            Row("Released", 5, "t2-agency", moved: true, evidence: "never_sent")];
        await scene.AnswerCountAsync(away, asked, paying);
        await scene.UntilStateAsync(away, "Paying");

        var back = await ProposeAsync(scene.Operator, 1, "return", "t2-agency");
        await scene.VoteAsync(back, await scene.RehearseAsync(back, paying));
        asked = await scene.AnswerCountAsync(back, 1, paying);
        await scene.StopAsync(back, "t2-agency", 2, 5);

        (await scene.RouteAsync("mobile")).Rows.Single().Channel.Should().Be("t1-momo");
        (await scene.ShowAsync(away))["state"]!.GetValue<string>().Should()
            .Be("Paying", "what the partner has been sent it may still pay");

        // The return pays, and Track 1 is suspended a second time.
        DispositionRow[] returned = [Row("Settled", 5), Row("Sent", 5, moved: true, evidence: "never_sent")];
        await scene.AnswerCountAsync(back, asked, returned);
        await scene.UntilStateAsync(back, "Paying");
        var second = await ProposeAsync(scene.Operator, from: "t1-momo");
        await scene.VoteAsync(second, await scene.RehearseAsync(second, returned));
        await scene.AnswerCountAsync(second, 1, returned);
        await scene.StopAsync(second, "t1-momo", 3, 0);
        await TestHost.Until(() => scene.Host.SentAsync<RoutingDb, StartMove>(),
            sent => sent.Exists(move => move.SwitchId == second));
    }

    [Fact]
    public async Task Warns_when_a_person_has_paused_the_channel_that_it_leads_to()
    {
        await using var scene = await OpenAsync();
        await OkAsync(
            scene.Operator.PostAsJsonAsync("/routing/channels/t2-agency/pause", new { reason = "no cash today" }));

        (await OkAsync(scene.Operator.PostAsJsonAsync("/routing/switches", Again)))["warnings"]!.AsArray().Single()!
            .GetValue<string>().Should().StartWith("t2-agency is paused").And.Contain("channel resume t2-agency");
    }

    [Fact]
    public async Task Of_one_area_of_one_programme_leaves_all_others_their_channel()
    {
        await using var scene = await OpenAsync();
        var id = await ProposeForAsync(scene.Operator, ["NE001"], "t1-momo");
        await scene.VoteAsync(id, await scene.RehearseAsync(id, Live));
        var asked = await scene.AnswerCountAsync(id, 1, Live);
        (await scene.Host.SentUntilAsync<StopScope>(1)).Single().Areas.Should().Equal("NE001");

        foreach (var state in new[] { "Stopping", "Moving" })
        {
            await scene.UntilStateAsync(id, state);
            (await scene.RouteAsync("mobile")).Rows.Single().Channel.Should()
                .Be(state == "Moving" ? "t2-agency" : null, "its own payments wait, then follow it");
            (await scene.RouteAsync("mobile", "NE002")).Rows.Single().Channel.Should().Be("t1-momo");
            (await scene.RouteAsync("mobile", programme: "shk")).Rows.Single().Channel.Should().Be("t1-momo");
            await scene.StopAsync(id, "t1-momo", 2, 5);
        }

        await scene.AnswerCountAsync(id, asked, Live);
        (await scene.ChannelAsync("t1-momo"))["gate"]!.GetValue<string>().Should().Be("Open");
    }

    [Fact]
    public async Task Waits_for_another_only_where_both_leave_the_same_payments()
    {
        await using var scene = await OpenAsync();
        var first = await VotedAsync(scene, ["NE001"]);
        await scene.Host.SentUntilAsync<StopScope>(1);
        var disjoint = await VotedAsync(scene, ["NE002"]);
        await scene.Host.SentUntilAsync<StopScope>(2);

        var overlapping = await ProposeForAsync(scene.Operator, ["NE001", "NE003"], "t1-momo");
        await scene.VoteAsync(overlapping, await scene.RehearseAsync(overlapping, Live));
        (await TestHost.Until(() => scene.ShowAsync(overlapping), seen => seen["note"] is not null))["note"]!
            .GetValue<string>().Should().Contain(first);
        (await scene.Host.SentAsync<RoutingDb, StopScope>()).Select(stop => (stop.SwitchId, stop.Epoch)).Distinct()
            .Should().Equal((first, 2), (disjoint, 3));

        await scene.StopAsync(first, "t1-momo", 2, 5);
        await scene.UntilStateAsync(first, "Moving");
        await scene.AnswerCountAsync(overlapping, 1, Live);
        await TestHost.Until(() => scene.Host.SentAsync<RoutingDb, StopScope>(),
            sent => sent.Exists(stop => stop.SwitchId == overlapping && stop.Epoch == 4));
        (await scene.UntilStateAsync(overlapping, "Stopping"))["note"].Should().BeNull();
    }

    private static async Task<string> VotedAsync(SwitchScene scene, string[] areas)
    {
        var id = await ProposeForAsync(scene.Operator, areas, "t1-momo");
        await scene.VoteAsync(id, await scene.RehearseAsync(id, Live));
        await scene.AnswerCountAsync(id, 1, Live);
        return id;
    }

    private static object Again => new
    {
        programme = "psn",
        cycleId = Cycle,
        fromChannels = new[] { "t1-momo" },
        toTrack = 2,
        reason = "funds_suspended",
        until = "2026-12-31"
    };
}

internal static class SentUntil
{
    /// <summary>Waits until this many messages of a kind have been sent.</summary>
    public static Task<List<TMessage>> SentUntilAsync<TMessage>(this TestHost host, int count) =>
        TestHost.Until(() => host.SentAsync<RoutingDb, TMessage>(), sent => sent.Count >= count);
}
