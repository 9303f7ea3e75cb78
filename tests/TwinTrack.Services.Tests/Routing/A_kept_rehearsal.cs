using System.Net.Http.Json;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Routing.Persistence;
using static TwinTrack.Services.Tests.Routing.SwitchScene;

namespace TwinTrack.Services.Tests.Routing;

public sealed class A_kept_rehearsal
{
    private static readonly DispositionRow[] Live = [Row("Settled", 4), Row("Released", 5), Row("Sent", 1)];

    [Fact]
    public async Task Of_scenarios_before_any_proposal_stands_beside_another_and_changes_nothing()
    {
        await using var scene = await OpenAsync();
        var facilitator = scene.Host.As("fatou", "neutral", Role.Facilitator);
        var mobile = await ScenarioAsync(scene, facilitator, "mobile only", Live, "t1-momo");
        var all =
            await ScenarioAsync(scene, facilitator, "everything", [.. Live, Row("Released", 3, "t1-bank")], "t1-momo",
                "t1-bank");

        var seen = await OkAsync(facilitator.GetAsync($"/routing/rehearsals/comparison?left={mobile}&right={all}"));
        seen["figures"]!.AsArray()
            .Single(figure => figure!["measure"]!.GetValue<string>() == "to:t2-agency")!["difference"]!.GetValue<long>()
            .Should().Be(3);
        var list =
            (await OkAsync(
                facilitator.GetAsync($"/routing/rehearsals?programme=psn&cycleId={Cycle}")))["items"]!.AsArray();
        list.Select(row => row!["name"]!.GetValue<string>()).Should().Equal("mobile only", "everything");

        (await scene.Host.SentAsync<RoutingDb, FenceChannel>()).Should().BeEmpty();
        (await OkAsync(scene.Operator.GetAsync("/routing/switches")))["items"]!.AsArray().Should().BeEmpty();
        (await RefusedAsync(facilitator.GetAsync($"/routing/rehearsals/{mobile}/2"))).Should().Be("rehearsal.unknown");
    }

    [Fact]
    public async Task Of_a_switch_stays_as_it_was_seen()
    {
        await using var scene = await OpenAsync();
        var id = await ProposeAsync(scene.Operator, from: "t1-momo");
        var first = await scene.RehearseAsync(id, Live);
        await scene.RehearseAsync(id, Row("Settled", 10));

        var kept = await OkAsync(scene.Operator.GetAsync($"/routing/rehearsals/{id}/1"));
        kept["rehearsal"]!["hash"]!.GetValue<string>().Should().Be(first);
        kept["rehearsal"]!["byDisposition"]!.AsArray().Should().HaveCount(3);
        kept["digest"]!.GetValue<string>().Should().MatchRegex("^[0-9a-f]{64}$");
    }

    private static async Task<string> ScenarioAsync(
        SwitchScene scene, HttpClient by, string name, DispositionRow[] rows, params string[] from)
    {
        var id = (await OkAsync(
            by.PostAsJsonAsync("/routing/scenarios", new
            {
                name,
                programme = "psn",
                cycleId = Cycle,
                fromChannels = from,
                toTrack = 2
            })))["id"]!.GetValue<string>();
        await TestHost.Until(() => scene.Host.SentAsync<RoutingDb, CountDispositions>(),
            sent => sent.Exists(count => count.SwitchId == id));
        await scene.CountedAsync(id, 1, "list", rows);
        await TestHost.Until(async () => (await by.GetAsync($"/routing/rehearsals/{id}/1")).IsSuccessStatusCode,
            there => there);
        return id;
    }
}
