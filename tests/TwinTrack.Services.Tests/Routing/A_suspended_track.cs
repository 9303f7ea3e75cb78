using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;
using static TwinTrack.Services.Tests.Routing.SwitchScene;

namespace TwinTrack.Services.Tests.Routing;

/// <summary>
/// One act suspends Track 1 of one programme in one area; the test speaks for Payments and Providers.
/// </summary>
public sealed class A_suspended_track
{
    private const string Area = "NE001";

    [Fact]
    public async Task Is_one_act_with_one_record_and_one_review_that_moves_no_gate()
    {
        await using var scene = await OpenAsync();

        var id = await SuspendAsync(scene.Operator, Area);

        (await scene.Host.SentAsync<RoutingDb, StopScope>()).Should().BeEquivalentTo(
        [
            new StopScope(id, "t1-bank", 2, "psn", [Area], Recall: false),
            new StopScope(id, "t1-momo", 2, "psn", [Area], Recall: false),
        ]);
        (await scene.Host.SentAsync<RoutingDb, FenceChannel>()).Should().BeEmpty();
        foreach (var code in new[] { "t1-momo", "t1-bank" })
        {
            var channel = await scene.ChannelAsync(code);
            (Text(channel, "gate"), channel["epoch"]!.GetValue<long>()).Should().Be(("Open", 2));
        }

        (await scene.ChannelAsync("t2-agency"))["epoch"]!.GetValue<long>().Should().Be(1);
        var review = (await ReviewsAsync(scene)).Should().ContainSingle().Which!;
        (Text(review, "suspensionId"), Text(review, "state")).Should().Be((id, "Open"));
        review["channel"].Should().BeNull();
        (await OkAsync(scene.Operator.GetAsync("/routing/suspensions?inForce=true")))["items"]!.AsArray().Should()
            .ContainSingle().Which!["id"]!.GetValue<string>().Should().Be(id);
    }

    [Fact]
    public async Task Gives_what_it_covers_no_route_and_all_else_its_own()
    {
        await using var scene = await OpenAsync();

        var id = await SuspendAsync(scene.Operator, Area);

        (await scene.RouteAsync("mobile", Area)).Rows.Single().Should().Match<RoutedRow>(
            row => row.Channel == null && row.Reason == $"suspended: t1-momo, {id}");
        (await scene.RouteAsync("mobile", "NE009")).Rows.Single().Should().Match<RoutedRow>(
            row => row.Channel == "t1-momo" && row.Epoch == 2);
        (await scene.RouteAsync("mobile", Area, "other")).Rows.Single().Channel.Should().Be("t1-momo");
        (await scene.RouteAsync("cash", Area)).Rows.Single().Reason.Should().StartWith("no channel of track 1");
    }

    [Fact]
    public async Task Tells_the_proof_of_each_channel_and_repeats_the_stop_until_it_has_them()
    {
        await using var scene = await OpenAsync();
        var id = await SuspendAsync(scene.Operator, Area);

        await scene.StoppedAsync(id, "t1-bank", 2, withdrawn: 3, recalls: 0, lastSequence: 41);
        await WakeAsync(scene, id);
        (await TestHost.Until(() => scene.Host.SentAsync<RoutingDb, StopScope>(), sent => sent.Count == 3))[^1]
            .Channel.Should().Be("t1-momo");
        (await ShowAsync(scene, id))["isProved"]!.GetValue<bool>().Should().BeFalse();
        await scene.StoppedAsync(id, "t1-momo", 2, withdrawn: null, recalls: null);
        (await ShowAsync(scene, id))["isProved"]!.GetValue<bool>().Should().BeTrue();
        await scene.StoppedAsync(id, "t1-momo", 2, withdrawn: 0, recalls: 0, lastSequence: 99);
        await WakeAsync(scene, id);

        await TestHost.Until(
            () => scene.Host.QueryAsync<RoutingDb, JobState>(db => db.Jobs.AsNoTracking()
                .Where(job => job.Kind == SuspensionJob.Kind).Select(job => job.State).SingleAsync()),
            state => state == JobState.Done);
        var proofs = (await ShowAsync(scene, id))["channels"]!.AsArray();
        proofs.Select(proof => (Text(proof!, "channel"), proof!["lastSequence"]!.GetValue<long>(),
            proof["withdrawn"]!.GetValue<long>())).Should().Equal(("t1-bank", 41L, 3L), ("t1-momo", 7L, 0L));
    }

    [Fact]
    public async Task Ends_by_an_operator_once_and_its_review_with_it()
    {
        await using var scene = await OpenAsync();
        var id = await SuspendAsync(scene.Operator, Area);
        Task<HttpResponseMessage> EndAsync(string reason) => scene.Operator.PostAsJsonAsync(
            $"/routing/suspensions/{id}/end", new { reason });

        (await RefusedAsync(EndAsync(""))).Should().Be("suspension.invalid");
        var ended = await OkAsync(EndAsync("the treasury pays again"));
        (await RefusedAsync(EndAsync("again"))).Should().Be("suspension.ended");

        ended["isInForce"]!.GetValue<bool>().Should().BeFalse();
        (await scene.RouteAsync("mobile", Area)).Rows.Single().Should().Match<RoutedRow>(
            row => row.Channel == "t1-momo" && row.Epoch == 2);
        Text((await ReviewsAsync(scene)).Single()!, "state").Should().Be("Resumed");
        (await OkAsync(scene.Operator.GetAsync("/routing/suspensions?inForce=true")))["items"]!.AsArray().Should()
            .BeEmpty();
        (await RefusedAsync(scene.Operator.PostAsJsonAsync(
            $"/routing/suspensions/{SuspensionId.New(TimeProvider.System)}/end", new { reason = "x" }))).Should()
            .Be("suspension.unknown");
    }

    [Fact]
    public async Task Ends_by_a_review_of_another_person_and_lasts_while_it_is_confirmed()
    {
        await using var scene = await OpenAsync();
        using var both = scene.Host.As("omar", "government", Role.Operator, Role.CoChair);
        await SuspendAsync(both, Area);
        var review = Text((await ReviewsAsync(scene)).Single()!, "id");
        Task<HttpResponseMessage> DecideAsync(HttpClient by, string decision) => by.PostAsJsonAsync(
            $"/routing/reviews/{review}/decision", new { decision, note = "seen" });

        (await RefusedAsync(DecideAsync(both, "lift"))).Should().Be("review.by_pauser");
        await OkAsync(DecideAsync(scene.Minister, "confirm"));
        (await scene.RouteAsync("mobile", Area)).Rows.Single().Channel.Should().BeNull();
        await OkAsync(DecideAsync(scene.Minister, "lift"));

        (await scene.RouteAsync("mobile", Area)).Rows.Single().Channel.Should().Be("t1-momo");
    }

    [Fact]
    public async Task Is_for_people_of_the_track_who_may_pause()
    {
        await using var scene = await OpenAsync();
        using var boubacar = scene.Host.As("boubacar", "partner", Role.Operator);
        using var finance = scene.Host.As("fati", "government", Role.Finance);

        (await RefusedAsync(AskAsync(boubacar, 1, Area))).Should().Be("suspension.other_party");
        (await RefusedAsync(AskAsync(finance, 1, Area))).Should().Be("protocol.pause_role");
        (await RefusedAsync(AskAsync(scene.Operator, 3, Area))).Should().Be("suspension.other_party");
        var id = await SuspendAsync(scene.Operator, Area);
        (await RefusedAsync(boubacar.PostAsJsonAsync(
            $"/routing/suspensions/{id}/end", new { reason = "not mine" }))).Should().Be("suspension.other_party");
        await OkAsync(AskAsync(boubacar, 2, Area));
    }

    [Fact]
    public async Task Is_refused_where_one_in_force_covers_the_same_and_allowed_beside_it()
    {
        await using var scene = await OpenAsync();
        var id = await SuspendAsync(scene.Operator, Area, "NE002");

        using var refused = await AskAsync(scene.Operator, 1);
        var reason = await refused.Content.ReadAsStringAsync();
        reason.Should().Contain("suspension.in_force").And.Contain(id);
        await SuspendAsync(scene.Operator, "NE003");

        (await scene.ChannelAsync("t1-momo"))["epoch"]!.GetValue<long>().Should().Be(3, "a refusal begins no epoch");
    }

    [Fact]
    public async Task Of_a_programme_that_nobody_knows_is_answered_with_a_warning()
    {
        await using var scene = await OpenAsync();

        var typed = await OkAsync(scene.Operator.PostAsJsonAsync("/routing/suspensions",
            new { track = 1, programme = "PNS", reason = "no treasury" }));

        typed["warnings"]!.AsArray().Should().ContainSingle().Which!.GetValue<string>().Should().Contain("PNS");
        (await OkAsync(AskAsync(scene.Operator, 1)))["warnings"]!.AsArray().Should().BeEmpty();
    }

    internal static async Task<string> SuspendAsync(HttpClient by, params string[] areas) =>
        Text(await OkAsync(AskAsync(by, 1, areas)), "id");

    private static Task<HttpResponseMessage> AskAsync(HttpClient by, int track, params string[] areas) =>
        by.PostAsJsonAsync("/routing/suspensions",
            new { track, programme = "psn", areas, reason = "payments are suspended" });

    private static Task<JsonObject> ShowAsync(SwitchScene scene, string id) =>
        OkAsync(scene.Operator.GetAsync($"/routing/suspensions/{id}"));

    private static async Task<JsonArray> ReviewsAsync(SwitchScene scene) =>
        (await OkAsync(scene.Operator.GetAsync("/routing/reviews")))["items"]!.AsArray();

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    private static Task<int> WakeAsync(SwitchScene scene, string id) =>
        scene.Host.QueryAsync<RoutingDb, int>(async db =>
        {
            await db.WakeJobAsync(SuspensionJob.Kind, id, TimeProvider.System.GetUtcNow(), CancellationToken.None);
            return await db.SaveChangesAsync();
        });
}
