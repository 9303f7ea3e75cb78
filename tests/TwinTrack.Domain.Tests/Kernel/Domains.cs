using System.Reflection;

namespace TwinTrack.Domain.Tests.Kernel;

internal static class Domains
{
    /// <summary>The assembly of each service's domain, found beside the tests: a new one is tested too.</summary>
    internal static IReadOnlyList<Assembly> All { get; } =
        [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "TwinTrack.*.Domain.dll")
            .Select(path => Assembly.Load(Path.GetFileNameWithoutExtension(path)))];
}
