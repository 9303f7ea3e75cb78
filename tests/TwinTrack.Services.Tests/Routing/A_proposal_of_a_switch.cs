using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Routing.Persistence;
using static TwinTrack.Services.Tests.Routing.SwitchScene;

namespace TwinTrack.Services.Tests.Routing;

public sealed class A_proposal_of_a_switch
{
    [Fact]
    public async Task Of_another_programmes_cycle_is_refused_with_what_was_found()
    {
        await using var scene = await OpenAsync();
        var foreign = CycleId.New(TimeProvider.System).ToString();
        await scene.CycleClosedAsync("shk", foreign);
        await scene.CycleClosedAsync("psn", foreign);

        using var refused = await scene.Operator.PostAsJsonAsync("/routing/switches", Asked(foreign));

        (await refused.Content.ReadAsStringAsync()).Should().Contain("switch.other_programme")
            .And.Contain("belongs to programme shk");
    }

    [Fact]
    public async Task Of_a_cycle_that_has_not_closed_is_taken_with_a_warning()
    {
        await using var scene = await OpenAsync();

        var answer = await OkAsync(scene.Operator.PostAsJsonAsync("/routing/switches",
            Asked(CycleId.New(TimeProvider.System).ToString())));

        answer["warnings"]!.AsArray().Single()!.GetValue<string>().Should().Contain("has not closed yet");
    }

    [Fact]
    public async Task That_covers_what_an_open_switch_covers_names_that_switch()
    {
        await using var scene = await OpenAsync();
        var first = await ProposeAsync(scene.Operator, from: "t1-momo");

        Warnings(await OkAsync(scene.Operator.PostAsJsonAsync("/routing/switches", Asked(Cycle)))).Should()
            .ContainSingle().Which.Should().Contain(first).And.Contain("to track 2");
    }

    [Fact]
    public async Task That_was_withdrawn_is_no_longer_named()
    {
        await using var scene = await OpenAsync();
        var first = await ProposeAsync(scene.Operator, from: "t1-momo");
        await OkAsync(scene.Operator.PostAsync($"/routing/switches/{first}/withdraw", null));

        Warnings(await OkAsync(scene.Operator.PostAsJsonAsync("/routing/switches", Asked(Cycle)))).Should().BeEmpty();
    }

    [Fact]
    public async Task That_reaches_nobody_is_carried_only_by_votes_that_confirm_it()
    {
        await using var scene = await OpenAsync();
        var id = await ProposeAsync(scene.Operator, from: "t1-momo");
        var hash = await scene.RehearseAsync(id);
        (await scene.ShowAsync(id))["rehearsal"]!["warnings"]!.AsArray().Should().ContainSingle();

        (await RefusedAsync(scene.Minister.PostAsJsonAsync($"/routing/switches/{id}/votes",
            new { hash, approve = true }))).Should().Be("vote.confirm_reach");
        await OkAsync(scene.Minister.PostAsJsonAsync($"/routing/switches/{id}/votes",
            new { hash, approve = true, confirmReach = true }));

        (await scene.ShowAsync(id))["votes"]![0]!["reachConfirmed"]!.GetValue<bool>().Should().BeTrue();
        (await OkAsync(scene.Admin.GetAsync("/routing/audit"))).ToJsonString().Should().Contain("reachConfirmed");
    }

    /// <summary>
    /// Payments that Track 2 never reached have only been on the channel that the first switch left.
    /// </summary>
    [Fact]
    public async Task Of_a_return_counts_and_shows_whom_the_first_switch_never_reached()
    {
        await using var scene = await OpenAsync();
        await Switches_that_follow_one_another.OutAsync(scene, 1, [], []);

        var back = await ProposeAsync(scene.Operator, 1, "return", "t2-agency");
        await scene.RehearseAsync(back, Row("Withdrawn", 5));

        (await scene.Host.SentAsync<RoutingDb, CountDispositions>()).Single(count => count.SwitchId == back).Channels
            .Should().Equal("t1-momo", "t2-agency");
        (await scene.ShowAsync(back))["rehearsal"]!["target"]!.AsArray()
            .Select(row => (row!["channel"]!.GetValue<string>(), row["count"]!.GetValue<long>())).Should()
            .Equal(("t1-momo", 5L));
    }

    private static IEnumerable<string> Warnings(JsonObject answer) =>
        answer["warnings"]!.AsArray().Select(warning => warning!.GetValue<string>());

    private static object Asked(string cycleId) => new
    {
        programme = "psn",
        cycleId,
        fromChannels = new[] { "t1-momo" },
        toTrack = 2,
        reason = "funds_suspended",
        until = "2026-12-31",
    };
}
