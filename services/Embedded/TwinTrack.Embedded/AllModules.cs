using TwinTrack.Enrolments;
using TwinTrack.Entitlements;
using TwinTrack.Gateway;
using TwinTrack.Payments;
using TwinTrack.Platform;
using TwinTrack.Providers;
using TwinTrack.Reconciliation;
using TwinTrack.Routing;

namespace TwinTrack.Embedded;

public static class AllModules
{
    /// <summary>The modules in the order in which a payment passes them.</summary>
    public static IServiceModule[] InReadingOrder() =>
    [
        new GatewayModule(),
        new EnrolmentsModule(),
        new EntitlementsModule(),
        new PaymentsModule(),
        new RoutingModule(),
        new ProvidersModule(),
        new ReconciliationModule(),
    ];
}
