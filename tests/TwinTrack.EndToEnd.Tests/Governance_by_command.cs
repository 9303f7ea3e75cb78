using System.Text.Json;
using TwinTrack.Kernel;

namespace TwinTrack.EndToEnd.Tests;

/// <summary>
/// The commands of governance and routing, each as the person whose job it is, against one running host.
/// </summary>
public sealed class Governance_by_command(RunningHost host) : IClassFixture<RunningHost>
{
    private readonly string _cycle = CycleId.New(TimeProvider.System).ToString();

    [Fact]
    public async Task Protocol_scenarios_votes_emergency_review_and_settlement_work_by_command()
    {
        await PrepareAsync();

        var protocol = await OkAsync("auditor", "protocol", "show", "NSP", "--area", "NE003001", "--json");
        protocol.ToString().Should().Contain("funds_suspended").And.Contain("\"facilitator\"");
        (await OkAsync("auditor", "protocol", "show", "NSP", "--versions", "--json")).ToString().Should()
            .MatchRegex("\"version\":\\s*1");

        // Nobody has proposed anything yet: two scenarios, side by side.
        var all =
            await OkAsync("operator", "switch", "scenario", "NSP", _cycle, "--name", "All", "--from", "t1-momo",
                "--json");
        var some =
            await OkAsync("operator", "switch", "scenario", "NSP", _cycle, "--name", "Dosso only", "--from", "t1-momo",
                "--area", "NE003", "--json");
        all.GetProperty("rehearsal").GetProperty("hash").GetString().Should().MatchRegex("^[0-9a-f]{64}$");
        var compared =
            await OkAsync("operator", "switch", "compare", Text(all, "subjectId"), Text(some, "subjectId"), "--json");
        compared.GetProperty("sameTable").GetBoolean().Should().BeTrue();
        compared.GetProperty("figures").EnumerateArray().Select(figure => figure.GetProperty("measure").GetString())
            .Should().Contain(["obligations", "unreachable", "fees:minor"]);

        // The notice is not over, so a vote decides nothing yet and can be taken back.
        var (slow, hash) = await RehearsedAsync(
            "--until", "2026-12-31", "--return-criteria", "The treasury pays again.");
        (await host.AsAsync("cochair.gov", "switch", "vote", slow, "--hash", hash, "--approve")).Errors.Should()
            .Contain("vote.confirm_reach").And.Contain("--confirm-reach");
        await OkAsync("cochair.gov", "switch", "vote", slow, "--hash", hash, "--approve", "--confirm-reach", "--json");
        Votes(await OkAsync("auditor", "switch", "show", slow, "--json")).Should().Be(1);
        Text(await OkAsync("cochair.gov", "switch", "unvote", slow, "--json"), "state").Should().Be("Rehearsed");
        Votes(await OkAsync("auditor", "switch", "show", slow, "--json")).Should().Be(0);
        (await host.AsAsync("cochair.gov", "switch", "unvote", slow)).Errors.Should().Contain("vote.none");

        // An emergency is carried at once by the government, and answered for afterwards by both.
        var (fast, carried) = await RehearsedAsync(
            "--emergency", "--until", "2026-12-31", "--return-criteria", "The treasury pays again.");
        await OkAsync("cochair.gov", "switch", "vote", fast, "--hash", carried, "--approve", "--confirm-reach",
            "--json");
        (await host.AsAsync("cochair.un", "switch", "ratify", fast, "--hash", carried, "--approve",
            "--reject")).Errors.Should().Contain("--approve or --reject");
        Text(await OkAsync("cochair.un", "switch", "ratify", fast, "--hash", carried, "--approve", "--json"),
            "ratification").Should().Be("Ratified");

        // A proposal is withdrawn by its proposer; what was carried is ended by two people.
        (await host.AsAsync("cochair.gov", "switch", "abort", slow, "--reason", "Not needed.")).Errors.Should()
            .Contain("lifecycle.not_allowed");
        Text(await OkAsync("operator", "switch", "withdraw", slow, "--json"), "state").Should().Be("Withdrawn");
        (await OkAsync("cochair.gov", "switch", "abort", fast, "--reason", "Not needed.", "--json"))
            .GetProperty("warnings")[0].GetString().Should().Contain("second person");
        Text(await OkAsync("cochair.un", "switch", "abort", fast, "--reason", "Not needed.", "--json"), "state")
            .Should().Be("Aborted");

        // One person stops a channel; another looks at it.
        await OkAsync("operator", "channel", "pause", "t1-bank", "--reason", "Outage", "--json");
        var review = (await OkAsync("auditor", "review", "list", "--json")).GetProperty("items").EnumerateArray()
            .Single(row => Text(row, "channel") == "t1-bank");
        (await host.AsAsync("cochair.gov", "review", "decide", Text(review, "id"), "--note", "Seen.")).Errors.Should()
            .Contain("--lift or --confirm");
        Text(await OkAsync("cochair.gov", "review", "decide", Text(review, "id"), "--confirm", "--note", "Seen.",
            "--json"), "state").Should().Be("Confirmed");

        // One person suspends a whole track in one area, and ends that.
        var suspended = await OkAsync("operator", "track", "suspend", "1", "--programme", "NSP", "--area", "NE003",
            "--reason", "No treasury", "--json");
        suspended.GetProperty("channels").GetArrayLength().Should().Be(2);
        (await host.AsAsync("operator", "track", "suspend", "1", "--programme", "NSP", "--reason", "All of it")).Errors
            .Should().Contain("suspension.in_force").And.Contain(Text(suspended, "id"));
        (await OkAsync("auditor", "track", "list", "--programme", "NSP", "--in-force", "--json")).GetProperty("items")
            .GetArrayLength().Should().Be(1);
        (await OkAsync("operator", "track", "resume", Text(suspended, "id"), "--reason", "It pays again.", "--json"))
            .GetProperty("isInForce").GetBoolean().Should().BeFalse();
        (await OkAsync("auditor", "track", "list", "--in-force", "--json")).GetProperty("items").GetArrayLength()
            .Should().Be(0);

        var settlement = await OkAsync("auditor", "settlement", "show", "NSP", "--json");
        settlement.GetProperty("agrees").GetBoolean().Should().BeTrue("nothing was paid, and the books say so");
        settlement.GetProperty("paid").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData("forced.no_switch", "swi_00000000000000000000000000000001")]
    [InlineData("forced.no_switch", "swi_00000000000000000000000000000001", "--hash", "00", "--bearer", "reserve",
        "--note", "Silent.")]
    [InlineData("forced.unknown", "for_00000000000000000000000000000001", "--hash", "00", "--agree", "--note", "Seen.")]
    [InlineData("forced.unknown", "for_00000000000000000000000000000001", "--refuse", "--note", "Seen.")]
    [InlineData("--agree or --refuse", "for_00000000000000000000000000000001", "--agree", "--refuse", "--note",
        "Seen.")]
    [InlineData("--agree or --refuse", "for_00000000000000000000000000000001", "--agree", "--bearer", "reserve",
        "--note", "Seen.")]
    public async Task Forcing_reaches_its_endpoints_and_refuses_by_name(string refusal, params string[] rest)
    {
        var run = await host.AsAsync("cochair.un", ["switch", "force", .. rest]);

        run.Code.Should().Be(2, run.All);
        run.Errors.Should().Contain(refusal);
    }

    [Fact]
    public async Task A_switch_that_leaves_no_channel_is_told_to_name_its_areas()
    {
        var run = await host.AsAsync("operator", "switch", "propose", "NSP", _cycle, "--reason", "no_access");

        run.Code.Should().Be(2, run.All);
        run.Errors.Should().Contain("switch.invalid").And.Contain("fromChannels");
    }

    private async Task PrepareAsync()
    {
        foreach (var (code, track, instruments) in new[] { ("t1-momo", 1, "mobile"), ("t1-bank", 1, "bank"),
            ("t2-agency", 2, "mobile") })
        {
            var file = host.File($"{code}.json", Invariant($$"""
                { "provider": "provider of {{code}}", "adapter": "{{(track == 2 ? "agency" : code == "t1-bank" ? "bank" : "mobile_money")}}", "track": {{track}}, "instruments": ["{{instruments}}"],
                  "areas": [], "currency": "XOF", "capacityPerHour": 3600, "contractModel": "{{(track == 2 ? "donor" : "government")}}" }
                """));
            await OkAsync("admin", "channel", "register", code, file, "--json");
        }

        await OkAsync("admin", "routes", "set", host.File("routes.json", """
            { "rows": [ { "area": "*", "programme": "*", "instrument": "*", "channels": ["t1-momo", "t1-bank", "t2-agency"] } ] }
            """), "--json");
        await OkAsync("admin", "protocol", "set", "NSP", host.File("protocol.json", """
            { "currency": "XOF", "reasons": ["funds_suspended", "return"], "proposerRoles": ["operator"], "quorum": { "government": 1, "partner": 1 }, "facilitator": "fatou",
              "noticeHours": 12, "proposalValidHours": 72, "watchSeconds": 60, "returnPlanRequired": true,
              "emergency": { "reasons": ["funds_suspended"], "quorum": { "government": 1 }, "ratificationQuorum": { "partner": 1 }, "ratifyWithinHours": 48,
                             "pauseRoles": ["operator"], "reviewWithinHours": 24 } }
            """), "--json");
    }

    private async Task<(string Id, string Hash)> RehearsedAsync(params string[] how)
    {
        var id = Text(
            await OkAsync(
                "operator", ["switch", "propose", "NSP", _cycle, "--from", "t1-momo", "--reason", "funds_suspended",
                    .. how, "--json"]), "id");
        return (id, Text(await OkAsync("operator", "switch", "rehearse", id, "--json"), "hash"));
    }

    private async Task<JsonElement> OkAsync(string user, params string[] arguments)
    {
        var run = await host.AsAsync(user, arguments);
        run.Code.Should().Be(0, $"{string.Join(' ', arguments)}\n{run.All}");
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static int Votes(JsonElement shown) => shown.GetProperty("votes").GetArrayLength();

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
