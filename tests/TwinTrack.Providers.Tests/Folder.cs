namespace TwinTrack.Providers.Tests;

/// <summary>A directory of its own for one test.</summary>
internal sealed class Folder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("twintrack-").FullName;

    internal string[] ToProvider(string pattern = "*") => Files("to-provider", pattern);

    internal void LayDown(string name, byte[] content)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, "from-provider"));
        File.WriteAllBytes(System.IO.Path.Combine(folder.FullName, name), content);
    }

    internal string[] Files(string folder, string pattern) =>
        Directory.Exists(System.IO.Path.Combine(Path, folder))
            ? Directory.GetFiles(System.IO.Path.Combine(Path, folder), pattern) : [];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
