using TwinTrack.Running;

namespace TwinTrack.Testing;

public static class Repository
{
    /// <summary>The folder that holds TwinTrack.sln, found by walking up from the test's own folder.</summary>
    public static string Root { get; } = Installation.Sources();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);
}
