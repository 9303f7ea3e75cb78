using System.Text.Json;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Features;

/// <summary>Requests as the OpenAPI document shows them.</summary>
internal static class RoutingExamples
{
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static readonly CycleId Cycle = TypedId.Parse<CycleId>("cyc_0198c7e2b1d47c9a8f3e5a6b7c8d9e0f");

    private static readonly JsonElement Rule = JsonElement.Parse(
        """{ "area": "NE003", "accessible": false, "since": "2026-11-28", "reportedBy": "field office" }""");

    public static readonly ApiExample[] All =
    [
        new(nameof(PutChannel), new PutChannel.Request(
            "Sahel Mobile", "mobile_money", 1, ["mobile"], ["NE003"], "XOF", 20_000, "government")),
        new(nameof(PauseChannel), new PauseChannel.Request("The operator reports an outage.")),
        new(nameof(ResumeChannel), new ResumeChannel.Request("The operator is back.")),
        new(nameof(SuspendTrack), new SuspendTrack.Request(
            1, "NSP", ["NE003"], "The treasury has suspended its payments.")),
        new(nameof(ResumeTrack), new ResumeTrack.Request("The treasury pays again.")),
        new(nameof(SetTable), new SetTable.Request(
            [new TableRow("NE003", "NSP", "mobile", ["sahel-mobile", "agency"])])),
        new(nameof(SetRule), Rule),
        new(nameof(EndRule), new EndRule.Request("The road is open again.")),
        new(nameof(SetProtocol), new ProtocolWords(
            "XOF", ["funds_suspended", "disrupted", "return"], ["operator"],
            new Dictionary<string, int> { [Parties.Government] = 1, [Parties.Partner] = 1 }, 72, 604_800)),
        new(nameof(ProposeSwitch), new ProposeSwitch.Request(
            "NSP", Cycle, ["NE003"], ["sahel-mobile"], 2, "funds_suspended", new DateOnly(2027, 3, 31),
            "The treasury account is open again.")),
        new(nameof(CastVote), new CastVote.Request(Hash, Approve: true)),
        new(nameof(AbortSwitch), new AbortSwitch.Request("The treasury account is open again.")),
        new(nameof(CreateScenario), new CreateScenario.Request(
            "Dosso by the agency", "NSP", Cycle, ["NE003"], ["sahel-mobile"], 2)),
        new(nameof(RatifySwitch), new RatifySwitch.Request(Hash, Approve: true)),
        new(nameof(DecideReview), new DecideReview.Request("lift", "The operator has answered for a day.")),
    ];
}
