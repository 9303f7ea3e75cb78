using TwinTrack.Entitlements.Domain;
using TwinTrack.Platform.Web;

namespace TwinTrack.Entitlements.Features;

/// <summary>Requests as the OpenAPI document shows them.</summary>
internal static class EntitlementExamples
{
    public static readonly ApiExample[] All =
    [
        new(nameof(DefineProgramme), new DefineProgramme.Request("Safety net", "XOF")),
        new(nameof(AddParameters), new AddParameters.Request(
            new BaseAmount(15_000, 2_500, 8, CapMinor: null, "treasury"),
            [new AddParameters.RequestedTopUp(
                "lean_season", "un_pool", PerChildUnder5Minor: 1_000, Areas: ["NE003"])])),
        new(nameof(OpenCycle), new OpenCycle.Request("NSP", "2026-12", new DateOnly(2026, 12, 1))),
        new(nameof(CancelCycle), new CancelCycle.Request("Opened for the wrong month.")),
    ];
}
