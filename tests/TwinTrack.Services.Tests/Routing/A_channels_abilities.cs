using System.Net.Http.Json;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Routing.Consumers;
using TwinTrack.Routing.Persistence;
using static TwinTrack.Services.Tests.Routing.SwitchScene;

namespace TwinTrack.Services.Tests.Routing;

public sealed class A_channels_abilities
{
    [Fact]
    public async Task Are_asked_for_when_it_is_registered_and_shown_once_declared()
    {
        await using var scene = await OpenAsync();
        await scene.RegisterAsync("t1-new", "instant_switch", 1, "mobile");

        (await scene.Host.SentAsync<RoutingDb, RegisterChannel>()).Should()
            .Contain(asked => asked.Channel == "t1-new" && asked.Adapter == "instant_switch");
        (await scene.ChannelAsync("t1-new"))["abilitiesMissing"]!.GetValue<string>().Should()
            .Be("abilities not declared yet");
        await scene.DeclareAsync("t1-new", recall: true, "mobile");

        var shown = await scene.ChannelAsync("t1-new");
        shown["abilitiesMissing"].Should().BeNull();
        shown["abilities"]!["recall"]!.GetValue<bool>().Should().BeTrue();
        shown["abilities"]!["disclosedFields"]!.AsArray().Select(field => field!.GetValue<string>()).Should()
            .Equal("account");
    }

    [Fact]
    public async Task Are_asked_for_again_until_providers_has_answered()
    {
        await using var scene = await OpenAsync();
        await scene.RegisterAsync("t1-new", "bank", 1, "bank");

        var asked = await TestHost.Until(
            async () => (await scene.Host.SentAsync<RoutingDb, RegisterChannel>())
                .Count(message => message.Channel == "t1-new"), count => count >= 2);

        asked.Should().BeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task Keep_payments_waiting_until_they_are_declared()
    {
        await using var scene = await OpenAsync();
        await scene.RegisterAsync("t1-new", "mobile_money", 1, "mobile");
        await OkAsync(scene.Admin.PutAsJsonAsync("/routing/table", new
        {
            rows = new[] { new { area = "*", programme = "*", instrument = "*", channels = new[] { "t1-new" } } },
        }));
        var question = new RouteInstructions("waiting", 0, "psn", Cycle,
            [new RouteRow(InstructionId.New(TimeProvider.System).ToString(), "NE001", "mobile", 100,
                ObligationId.New(TimeProvider.System).ToString(), "treasury")]);
        Task AskAsync() => scene.Host.HandleAsync<RoutingDb, RouteInstructions, RouteInstructionsHandler>(question);
        async Task<IEnumerable<RoutedRow>> AnswersAsync() =>
            (await scene.Host.SentAsync<RoutingDb, InstructionsRouted>())
                .Where(answer => answer.RequestId == "waiting").SelectMany(answer => answer.Rows);

        await AskAsync();
        (await AnswersAsync()).Should().BeEmpty("an answer without a channel would drop the payment");
        await scene.RefuseAbilitiesAsync("t1-new", "connection.missing: no settings yet");
        await AskAsync();
        (await AnswersAsync()).Should().BeEmpty("the connection may be on its way");
        await scene.RefuseAbilitiesAsync("t1-new", "adapter.missing: no such adapter");
        await AskAsync();
        (await AnswersAsync()).Single().Should().Match<RoutedRow>(row =>
            row.Channel == null && row.Reason == "not_declared: t1-new, adapter.missing: no such adapter");
        (await scene.ChannelAsync("t1-new"))["abilitiesMissing"]!.GetValue<string>().Should()
            .Be("adapter.missing: no such adapter", "what Providers refuses is shown");
        await scene.DeclareAsync("t1-new", recall: false, "mobile");
        await AskAsync();

        (await AnswersAsync()).Last().Channel.Should().Be("t1-new");
    }

    [Theory]
    [InlineData("abilities")]
    [InlineData("recall")]
    [InlineData("statusQuery")]
    [InlineData("validityHours")]
    [InlineData("maxPerPaymentMinor")]
    public async Task Are_typed_by_nobody(string ability)
    {
        await using var scene = await OpenAsync();

        (await RefusedAsync(scene.Admin.PutAsJsonAsync("/routing/channels/t1-momo", Contract(ability)))).Should()
            .Be("channel.ability_typed");
        (await RefusedAsync(scene.Admin.PutAsJsonAsync("/routing/channels/t1-momo", Contract("colour")))).Should()
            .Be("channel.invalid");
    }

    [Fact]
    public async Task Bound_the_instruments_of_the_contract()
    {
        await using var scene = await OpenAsync();
        var contract = Contract("provider");
        contract["instruments"] = new[] { "cash" };
        contract["provider"] = "provider of t1-momo";

        (await RefusedAsync(scene.Admin.PutAsJsonAsync("/routing/channels/t1-momo", contract))).Should()
            .Be("channel.invalid");
    }

    private static Dictionary<string, object> Contract(string more) => new(new Dictionary<string, object>
    {
        ["provider"] = "provider of t1-momo",
        ["adapter"] = "mobile_money",
        ["track"] = 1,
        ["instruments"] = new[] { "mobile" },
        ["currency"] = "XOF",
        ["capacityPerHour"] = 3_600,
        ["contractModel"] = "government",
    })
    { [more] = true };
}
