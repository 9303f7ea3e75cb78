using TwinTrack.Proving.Systems;

namespace TwinTrack.EndToEnd.Tests;

public sealed class A_copy_of_the_sources : IDisposable
{
    private readonly string _sources = Directory.CreateTempSubdirectory("twintrack-copy-").FullName;

    [Fact]
    public void Follows_them_and_builds_only_what_has_changed()
    {
        File.WriteAllText(Path.Combine(_sources, "same.cs"), "1");
        File.WriteAllText(Path.Combine(_sources, "gone.cs"), "1");
        var copy = SourcesCopy.Make(_sources, "copy");
        var kept = File.GetLastWriteTimeUtc(Path.Combine(copy, "same.cs"));
        File.WriteAllText(Path.Combine(copy, "changed.cs"), "weakened");
        File.Delete(Path.Combine(_sources, "gone.cs"));
        File.WriteAllText(Path.Combine(_sources, "changed.cs"), "2");

        SourcesCopy.Make(_sources, "copy").Should().Be(copy);

        Directory.EnumerateFiles(copy).Select(file => Path.GetFileName(file)).Should()
            .BeEquivalentTo("same.cs", "changed.cs");
        File.ReadAllText(Path.Combine(copy, "changed.cs")).Should().Be("2");
        File.GetLastWriteTimeUtc(Path.Combine(copy, "same.cs")).Should().Be(kept, "only what has changed is built");
    }

    public void Dispose() => Directory.Delete(_sources, recursive: true);
}
