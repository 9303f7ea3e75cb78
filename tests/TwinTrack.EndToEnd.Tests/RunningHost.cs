using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Systems;
using TwinTrack.Running;

namespace TwinTrack.EndToEnd.Tests;

/// <summary>An embedded host on an empty folder of its own, with the demonstration users.</summary>
public sealed class RunningHost : IAsyncLifetime
{
    private readonly string _work = Directory.CreateTempSubdirectory("twintrack-e2e-").FullName;
    private EmbeddedHost? _host;

    internal EmbeddedHost Host => _host!;

    public async ValueTask InitializeAsync()
    {
        _host = new EmbeddedHost(Path.Combine(_work, "data"), FreePort.Next(), _work);
        await _host.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _host!.DisposeAsync();
        Directory.Delete(_work, recursive: true);
    }

    /// <summary>A file to give to a command.</summary>
    internal string File(string name, string content)
    {
        var path = Path.Combine(_work, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    /// <summary>One command as this user.</summary>
    internal Task<CommandLine> AsAsync(string user, params string[] arguments) => CommandLine.RunAsync(
        new Dictionary<string, string>
        {
            ["TWINTRACK_HOST"] = Host.Address.ToString(),
            ["TWINTRACK_USER"] = user,
            ["TWINTRACK_PASSWORD"] = People.Password,
            ["TWINTRACK_HOME"] = _work,
        },
        arguments);
}
