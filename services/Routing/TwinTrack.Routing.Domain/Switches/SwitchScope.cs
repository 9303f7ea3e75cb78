using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>Whom a switch is about.</summary>
/// <param name="Areas">P-codes; empty means all.</param>
/// <param name="FromChannels">The channels to leave.</param>
/// <param name="ToTrack">1 government, 2 aligned.</param>
public sealed record SwitchScope(string Programme, CycleId CycleId, IReadOnlyList<string> Areas, IReadOnlyList<string> FromChannels, int ToTrack);
