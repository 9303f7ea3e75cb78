using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Tables;

/// <summary>The payments that a suspension in force keeps from leaving over the channels of its track.</summary>
/// <param name="Areas">P-codes; empty means all.</param>
/// <param name="Track">1 government, 2 aligned.</param>
public sealed record SuspendedScope(SuspensionId Id, string Programme, IReadOnlySet<string> Areas, int Track)
{
    /// <param name="request">Who is to be paid.</param>
    /// <param name="track">Of the channel that would pay.</param>
    public bool Covers(RouteRequest request, int track) =>
        track == Track && request.Programme == Programme && (Areas.Count == 0 || Areas.Contains(request.Area));
}
