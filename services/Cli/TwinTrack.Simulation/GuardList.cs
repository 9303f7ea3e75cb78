namespace TwinTrack.Simulation;

/// <summary>The protections that can be taken away, by name.</summary>
public static class GuardList
{
    private static readonly Dictionary<string, (string Meaning, Func<Guards> Without)> All = [];

    public static IReadOnlyDictionary<string, string> Names => All.ToDictionary(guard => guard.Key, guard => guard.Value.Meaning);

    internal static Guards Without(string? name) => name is null ? new Guards() : All[name].Without();
}
