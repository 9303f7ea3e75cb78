using System.Diagnostics;

namespace TwinTrack.Running;

/// <summary>One program of this build as a child process that listens on an address.</summary>
internal sealed class ChildProgram : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    private readonly ChildProcess _process;

    private ChildProgram(Uri address, ChildProcess process) => (Address, _process) = (address, process);

    public string Name => _process.Name;

    public Uri Address { get; }

    public int ProcessId => _process.ProcessId;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts it and returns when it answers <c>/health</c>.</summary>
    /// <param name="name">For people, and of the log file.</param>
    /// <param name="program">The project's name.</param>
    /// <param name="address">Where it will listen; the arguments say so too.</param>
    /// <param name="logFolder">Where its output goes.</param>
    /// <param name="arguments">As the program reads them.</param>
    /// <param name="cancel">Ends it again.</param>
    public static async Task<ChildProgram> StartAsync(
        string name, string program, Uri address, string logFolder, IEnumerable<string> arguments,
        CancellationToken cancel)
    {
        var process = ChildProcess.Start(name, Describe(program, logFolder, arguments), logFolder);
        try
        {
            await process.ReadyAsync(stop => AnswersAsync(address, "/health", stop), cancel);
            return new ChildProgram(address, process);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>How a program of this build is run.</summary>
    public static ProcessStartInfo Describe(string program, string folder, IEnumerable<string> arguments) =>
        new("dotnet", [Installation.Program(program), .. arguments])
        {
            WorkingDirectory = folder,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["DOTNET_gcServer"] = "0" },
        };

    /// <summary>Whether this page is there and says that all is well.</summary>
    public static async Task<bool> AnswersAsync(Uri address, string path, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException
            && !cancel.IsCancellationRequested)
        {
            // Not listening yet.
            return false;
        }
    }

    /// <inheritdoc cref="ChildProcess.LastLines"/>
    public string LastLines() => _process.LastLines();

    /// <inheritdoc cref="ChildProcess.KillAsync"/>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Asks it to end, and ends it if it does not.</summary>
    public Task StopAsync() => _process.StopAsync("TERM", StopPatience);

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
