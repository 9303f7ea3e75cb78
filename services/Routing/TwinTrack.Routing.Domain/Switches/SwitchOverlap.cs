namespace TwinTrack.Routing.Domain.Switches;

/// <summary>What a proposer is warned of when other switches of the cycle cover the same payments.</summary>
public static class SwitchOverlap
{
    /// <param name="others">Open and running switches.</param>
    public static IReadOnlyList<string> Warnings(SwitchScope scope, IEnumerable<Switch> others) =>
        [.. others.Where(other => scope.Overlaps(other.Scope)).OrderBy(other => other.ProposedAt)
            .Select(other => Invariant($"Switch {other.Id} ({other.State}) covers the same payments: ")
                + $"{ActOf(other)}. {MeetingOf(other)}")];

    private static string ActOf(Switch other) =>
        (other.FromChannels.Count == 0 ? "it leads what no channel of track 1 covers"
            : $"it leads what goes by {string.Join(", ", other.FromChannels)}")
        + (other.Areas.Count == 0 ? " in all areas" : $" in {string.Join(", ", other.Areas)}")
        + Invariant($" to track {other.ToTrack}")
        + (other.PilotPercent is { } percent ? Invariant($", {percent} of a hundred") : "");

    private static string MeetingOf(Switch other) => SwitchLifecycle.Open.Contains(other.State)
        ? "If both are carried, the one that begins to route later decides about what both cover. One of them can be "
            + "withdrawn (switch withdraw)."
        : "Once this switch routes, it decides about what both cover.";
}
