using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;
using static TwinTrack.Services.Tests.Routing.SwitchScene;

namespace TwinTrack.Services.Tests.Routing;

public sealed class A_protocol_in_force
{
    private static readonly DispositionRow[] Live = [Row("Settled", 4), Row("Released", 5), Row("Sent", 1)];

    [Fact]
    public async Task Is_a_version_of_its_area_and_refuses_by_the_name_of_the_rule()
    {
        await using var scene = await OpenAsync();
        var strict = Strict("NE003*", returnPlanRequired: true);
        (await OkAsync(scene.Admin.PutAsJsonAsync("/routing/protocols/psn", strict)))["version"]!.GetValue<int>()
            .Should().Be(1);
        (await OkAsync(scene.Admin.PutAsJsonAsync("/routing/protocols/psn", strict)))["version"]!.GetValue<int>()
            .Should().Be(1, "the same terms are the same version");
        (await OkAsync(
            scene.Admin.PutAsJsonAsync("/routing/protocols/psn",
                Strict("NE003*", returnPlanRequired: true, notice: 1))))["version"]!.GetValue<int>().Should().Be(2);

        (await ProposedAsync(scene, ["NE003001"], until: null)).Should().Be("protocol.return_date");
        (await ProposedAsync(scene, ["NE003001", "NE007"], "2099-01-01")).Should().Be("protocol.mixed");
        (await ProposedAsync(scene, ["NE007"], until: null)).Should().Be("");
        (await OkAsync(scene.Operator.GetAsync("/routing/protocols/psn?area=NE003001")))["why"]!.GetValue<string>()
            .Should().Be("psn NE003* v2 is the most specific of *, NE003*");
        (await OkAsync(scene.Operator.GetAsync("/routing/protocols/psn/versions")))["items"]!.AsArray().Should()
            .HaveCount(3, "old versions are kept");
        (await RefusedAsync(
            scene.Admin.PutAsJsonAsync("/routing/protocols/psn",
                Strict("NE009", returnPlanRequired: false, currency: "USD")))).Should().Be("protocol.currency");
        (await RefusedAsync(scene.Operator.GetAsync("/routing/protocols/none"))).Should().Be("protocol.unknown");
    }

    [Fact]
    public async Task Lets_a_facilitator_prepare_and_nothing_else()
    {
        await using var scene = await OpenAsync();
        var fatou = scene.Host.As("fatou", "neutral", Role.Facilitator, Role.CoChair, Role.Registrar);
        await OkAsync(
            scene.Admin.PutAsJsonAsync("/routing/protocols/psn",
                Strict("*", returnPlanRequired: false, facilitator: "fatou")));

        var id = await ProposeAsync(fatou, from: "t1-momo");
        var asked =
            (await OkAsync(fatou.PostAsync($"/routing/switches/{id}/rehearsals", null)))["asked"]!.GetValue<long>();
        await scene.CountedAsync(id, asked, "list", Live);
        var seen =
            await TestHost.Until(() => scene.ShowAsync(id),
                seen => seen["rehearsal"]?["asked"]?.GetValue<long>() == asked);

        (await fatou.PostAsJsonAsync($"/routing/switches/{id}/votes",
            new { hash = seen["hash"]!.GetValue<string>(), approve = true })).StatusCode
            .Should().Be(System.Net.HttpStatusCode.Forbidden,
                "a token that is neutral is nothing else, whatever it says beside");
        (await fatou.PostAsJsonAsync("/routing/channels/t1-momo/pause", new { reason = "may not" })).StatusCode.Should()
            .Be(System.Net.HttpStatusCode.Forbidden);
        seen["governance"]!["facilitator"]!.GetValue<string>().Should().Be("fatou");
        seen["governance"]!["version"]!.GetValue<int>().Should().Be(2);
        (await scene.Host.QueryAsync<RoutingDb, long>(db => db.Rehearsals.LongCountAsync())).Should()
            .Be(1, "what was rehearsed is kept");
    }

    [Fact]
    public async Task Lets_an_emergency_go_at_once_and_asks_for_its_ratification()
    {
        await using var scene = await OpenAsync();
        await OkAsync(
            scene.Admin.PutAsJsonAsync("/routing/protocols/psn", Strict("*", returnPlanRequired: false, notice: 20)));
        var slow = await ProposeAsync(scene.Operator, from: "t1-bank");
        await scene.VoteAsync(slow, await scene.RehearseAsync(slow, Live));
        (await scene.ShowAsync(slow))["state"]!.GetValue<string>().Should().Be("Rehearsed", "the notice is not over");

        var id = (await OkAsync(scene.Operator.PostAsJsonAsync("/routing/switches", new
        {
            programme = "psn",
            cycleId = Cycle,
            fromChannels = new[] { "t1-momo" },
            toTrack = 2,
            reason = "funds_suspended",
            emergency = true,
        })))["id"]!.GetValue<string>();
        var hash = await scene.RehearseAsync(id, Live);
        await OkAsync(scene.Minister.PostAsJsonAsync($"/routing/switches/{id}/votes", new { hash, approve = true }));
        await scene.AnswerCountAsync(id, 1, Live);
        (await scene.Host.SentUntilAsync<StopScope>(1)).Should().OnlyContain(stop => stop.Channel == "t1-momo");
        (await scene.ShowAsync(id))["ratification"]!.GetValue<string>().Should().Be("Open");

        (await OkAsync(
            scene.Minister.PostAsJsonAsync($"/routing/switches/{id}/ratifications",
                new { hash, approve = true })))["ratification"]!.GetValue<string>().Should().Be("Open");
        (await OkAsync(
            scene.Partner.PostAsJsonAsync($"/routing/switches/{id}/ratifications",
                new { hash, approve = true })))["ratification"]!.GetValue<string>().Should().Be("Ratified");
    }

    [Fact]
    public async Task Has_every_pause_reviewed_and_never_lifts_one_by_silence()
    {
        await using var scene = await OpenAsync();
        await OkAsync(
            scene.Operator.PostAsJsonAsync("/routing/channels/t1-momo/pause", new { reason = "queue is full" }));
        await scene.FencedAsync("t1-momo", 1);
        var review = (await ReviewsAsync(scene)).Single();
        var id = review["id"]!.GetValue<string>();
        review["state"]!.GetValue<string>().Should().Be("Open");

        await scene.Host.QueryAsync<RoutingDb, int>(async db =>
        {
            var soon = TimeProvider.System.GetUtcNow().AddMilliseconds(-1);
            await db.PauseReviews.ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, soon));
            return await db.Jobs.Where(job => job.Kind == PauseReviewSweep.Kind)
                .ExecuteUpdateAsync(set => set.SetProperty(job => job.DueAt, soon));
        });
        await TestHost.Until(() => ReviewsAsync(scene),
            rows => rows.Single()["state"]!.GetValue<string>() == "Overdue");
        (await scene.ChannelAsync("t1-momo"))["gate"]!.GetValue<string>().Should()
            .Be("Closed", "silence opens no gate");
        (await scene.Host.QueryAsync<RoutingDb, int>(
            db => db.Audit.CountAsync(row => row.Action == "record-overdue-review"))).Should().Be(1);

        await OkAsync(
            scene.Partner.PostAsJsonAsync($"/routing/reviews/{id}/decision",
                new { decision = "confirm", note = "rightly so" }));
        await OkAsync(
            scene.Minister.PostAsJsonAsync($"/routing/reviews/{id}/decision",
                new { decision = "lift", note = "the queue is empty" }));
        (await scene.Host.SentUntilAsync<OpenChannel>(1)).Should().ContainSingle();
        (await RefusedAsync(
            scene.Minister.PostAsJsonAsync($"/routing/reviews/{id}/decision",
                new { decision = "lift", note = "again" }))).Should().NotBe("");
    }

    private static async Task<List<System.Text.Json.Nodes.JsonNode>> ReviewsAsync(SwitchScene scene) =>
        [.. (await OkAsync(scene.Operator.GetAsync("/routing/reviews")))["items"]!.AsArray()
            .OfType<System.Text.Json.Nodes.JsonNode>()];

    private static async Task<string> ProposedAsync(SwitchScene scene, string[] areas, string? until)
    {
        var answer = scene.Operator.PostAsJsonAsync("/routing/switches", new
        {
            programme = "psn",
            cycleId = Cycle,
            areas,
            fromChannels = new[] { "t1-momo" },
            toTrack = 2,
            reason = "funds_suspended",
            until,
            returnCriteria = "treasury pays again",
        });
        return (await answer).IsSuccessStatusCode ? "" : await RefusedAsync(answer);
    }

    private static object Strict(string area, bool returnPlanRequired, int notice = 0, string? facilitator = null,
        string currency = "XOF") => new
        {
            area,
            currency,
            reasons = new[] { "funds_suspended", "return" },
            proposerRoles = new[] { "operator" },
            quorum = new Dictionary<string, int> { ["government"] = 1, ["partner"] = 1 },
            proposalValidHours = 24,
            watchSeconds = 0,
            returnPlanRequired,
            noticeHours = notice,
            facilitator,
            emergency = new
            {
                reasons = new[] { "funds_suspended" },
                quorum = new Dictionary<string, int> { ["government"] = 1 },
                ratifyWithinHours = 48
            },
        };
}
