namespace TwinTrack.Providers.Domain;

/// <summary>What one switch has stopped on a channel.</summary>
/// <param name="Epoch">Orders routed in an older epoch are covered.</param>
/// <param name="Areas">P-codes; empty means all.</param>
public sealed record ScopeStop(long Epoch, string Programme, IReadOnlyList<string> Areas);

/// <summary>An order as a stop looks at it.</summary>
/// <param name="Epoch">The channel's epoch when Routing chose it.</param>
public sealed record RoutedOrder(long Epoch, string Programme, string Area);

/// <summary>
/// Which orders a stop keeps from leaving. Orders of its epoch or a newer one were routed after it and are free. So an
/// earlier stop never bars a return, and two stops never wait for each other.
/// </summary>
public static class StopRule
{
    public static bool Covers(ScopeStop stop, RoutedOrder order) =>
        order.Epoch < stop.Epoch
        && order.Programme == stop.Programme
        && (stop.Areas.Count == 0 || stop.Areas.Contains(order.Area));

    public static bool CoversAny(IEnumerable<ScopeStop> stops, RoutedOrder order) =>
        stops.Any(stop => Covers(stop, order));
}
