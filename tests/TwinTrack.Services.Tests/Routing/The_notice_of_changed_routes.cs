using System.Net.Http.Json;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Persistence;
using static TwinTrack.Services.Tests.Routing.SwitchScene;

namespace TwinTrack.Services.Tests.Routing;

public sealed class The_notice_of_changed_routes
{
    /// <summary>Properties of a channel that the router does not read.</summary>
    private static readonly string[] Unread =
    [
        nameof(Channel.Code), nameof(Channel.Adapter), nameof(Channel.CapacityPerHour), nameof(Channel.ContractModel),
        nameof(Channel.Gate), nameof(Channel.Epoch), nameof(Channel.LastSequence), nameof(Channel.ClosedSince),
        nameof(Channel.PauseReason), nameof(Channel.CommandedAt), nameof(Channel.CommandNumber),
        nameof(Channel.FeeMinor), nameof(Channel.FeeBasisPoints), nameof(Channel.AbilitiesAt),
    ];

    [Fact]
    public void Knows_of_every_property_of_a_channel_whether_the_router_reads_it() =>
        typeof(Channel).GetProperties().Where(property => property.GetMethod!.IsStatic is false)
            .Select(property => property.Name).Should().BeEquivalentTo([.. RouteChangeSignal.OfChannel, .. Unread]);

    [Fact]
    public async Task Goes_out_with_each_change_that_the_router_reads()
    {
        await using var scene = await OpenAsync();
        var sent = await CountAsync(scene);
        async Task SendsAsync(string? programme, Func<Task> change)
        {
            await change();
            var now = await CountAsync(scene);
            now.Should().HaveCountGreaterThan(sent.Count).And.Contain(programme);
            now.Skip(sent.Count).Should().OnlyContain(one => one == programme);
            sent = now;
        }

        await SendsAsync(null, () => scene.RegisterAsync("t2-other", "agency", 2, "cash"));
        await SendsAsync(null, () => scene.DeclareAsync("t2-other", recall: true, "cash"));
        await SendsAsync(null, () => scene.RefuseAbilitiesAsync("t2-other", "adapter.missing: no such adapter"));
        await SendsAsync(null, () => OkAsync(scene.Admin.PutAsJsonAsync("/routing/table", new
        {
            rows = new[] { new { area = "*", programme = "*", instrument = "*", channels = new[] { "t2-agency" } } },
        })));
        await SendsAsync(null, () => OkAsync(
            scene.Admin.PutAsJsonAsync("/routing/rules/constraint/C-9", new
            {
                partner = "t2-agency",
                area = "NE001",
                authority = "*",
                data = "*",
                funding = "*",
                text = "the road is closed",
            })));
        await SendsAsync(null, () => OkAsync(
            scene.Admin.PostAsJsonAsync("/routing/rules/constraint/C-9/end", new { reason = "the road is open" })));
        await SendsAsync("other", () => OkAsync(scene.Admin.PutAsJsonAsync("/routing/protocols/other", new
        {
            currency = "XOF",
            reasons = new[] { "funds_suspended" },
            proposerRoles = new[] { "operator" },
            quorum = new Dictionary<string, int> { ["government"] = 1, ["partner"] = 1 },
            proposalValidHours = 24,
            watchSeconds = 0,
        })));
    }

    [Fact]
    public async Task Goes_out_when_a_suspension_begins_and_when_it_ends()
    {
        await using var scene = await OpenAsync();
        var before = (await CountAsync(scene)).Count(programme => programme == "psn");

        var id = await A_suspended_track.SuspendAsync(scene.Operator, "NE001");
        (await CountAsync(scene)).Count(programme => programme == "psn").Should().Be(before + 1);
        await OkAsync(scene.Operator.PostAsJsonAsync(
            $"/routing/suspensions/{id}/end", new { reason = "the treasury pays again" }));

        (await CountAsync(scene)).Count(programme => programme == "psn").Should().Be(before + 2);
    }

    [Fact]
    public async Task Goes_out_when_a_switch_begins_to_route()
    {
        await using var scene = await OpenAsync();
        var before = (await CountAsync(scene)).Count(programme => programme == "psn");
        var id = await ProposeAsync(scene.Operator, from: "t1-momo");
        await scene.VoteAsync(id, await scene.RehearseAsync(id, Row("Released", 3)));
        await scene.AnswerCountAsync(id, 1, Row("Released", 3));
        await scene.Host.SentUntilAsync<StopScope>(1);
        await scene.StoppedAsync(id, "t1-momo", 2, withdrawn: null, recalls: null);
        (await CountAsync(scene)).Count(programme => programme == "psn").Should()
            .Be(before, "its routes have not begun");

        await scene.StoppedAsync(id, "t1-momo", 2, withdrawn: 3, recalls: 0);
        await scene.Host.SentUntilAsync<StartMove>(1);

        (await CountAsync(scene)).Count(programme => programme == "psn").Should().Be(before + 1);
    }

    [Fact]
    public async Task Stays_away_when_the_router_sees_no_difference()
    {
        await using var scene = await OpenAsync();
        var sent = (await CountAsync(scene)).Count;

        await OkAsync(
            scene.Operator.PostAsJsonAsync("/routing/channels/t1-momo/pause", new { reason = "queue is full" }));
        await scene.FencedAsync("t1-momo", 1);
        await scene.DeclareAsync("t1-momo", recall: false, "mobile");
        await scene.RegisterAsync("t1-momo", "mobile_money", 1, "mobile");

        (await CountAsync(scene)).Should().HaveCount(sent);
    }

    private static async Task<List<string?>> CountAsync(SwitchScene scene) =>
        (await scene.Host.SentAsync<RoutingDb, RoutesChanged>()).ConvertAll(one => one.Programme);
}
