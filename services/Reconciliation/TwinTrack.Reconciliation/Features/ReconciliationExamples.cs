using TwinTrack.Platform.Web;

namespace TwinTrack.Reconciliation.Features;

/// <summary>Requests as the OpenAPI document shows them.</summary>
internal static class ReconciliationExamples
{
    public static readonly ApiExample[] All =
    [
        new(nameof(ResolveBreak), new ResolveBreak.Request("The bank booked its fee in the same line.")),
        new("ProposeWriteOff", new ResolveBreak.Request("Too small to recover.")),
        new("DecideWriteOff", new ResolveBreak.Decision(Approve: true, "Within the limit of the fund.")),
    ];
}
