using System.Diagnostics;
using System.Globalization;

namespace TwinTrack.Cli.Running;

/// <summary>
/// One program of this build as a child process, with its output in a file. Ended by its process id and in every case: on success, on failure
/// and on Ctrl-C.
/// </summary>
internal sealed class ChildProgram : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly string _logPath;

    private ChildProgram(string name, Uri address, Process process, StreamWriter log, string logPath) =>
        (Name, Address, _process, _log, _logPath) = (name, address, process, log, logPath);

    public string Name { get; }

    public Uri Address { get; }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts it and returns when it answers <c>/health</c>.</summary>
    /// <param name="name">For people, and of the log file.</param>
    /// <param name="program">The project's name.</param>
    /// <param name="address">Where it will listen; the arguments say so too.</param>
    /// <param name="logFolder">Where its output goes.</param>
    /// <param name="arguments">As the program reads them.</param>
    /// <param name="cancel">Ends it again.</param>
    public static async Task<ChildProgram> StartAsync(
        string name, string program, Uri address, string logFolder, IEnumerable<string> arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = logFolder,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["DOTNET_gcServer"] = "0" },
        };
        start.ArgumentList.Add(Installation.Program(program));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var logPath = Path.Combine(logFolder, name + ".log");
        var log = new StreamWriter(new FileStream(logPath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Write(log, line.Data);
        process.ErrorDataReceived += (_, line) => Write(log, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var child = new ChildProgram(name, address, process, log, logPath);
        try
        {
            await child.ReadyAsync(cancel);
            return child;
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it wrote last, for a failure's story.</summary>
    public string LastLines(int count = 25)
    {
        using var stream = new FileStream(_logPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return string.Join('\n', reader.ReadToEnd().Split('\n').TakeLast(count));
    }

    /// <summary>kill -9: no goodbye, nothing flushed.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Asks it to end, and ends it if it does not.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited && !OperatingSystem.IsWindows())
        {
            using var ask = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(StopPatience);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                // Did not want to; KillAsync does not ask.
            }
        }

        await KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        lock (_log)
        {
            _log.Dispose();
        }
    }

    private static void Write(StreamWriter log, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (log)
        {
            try
            {
                log.WriteLine(line);
            }
            catch (ObjectDisposedException)
            {
                // The last words of a killed child may come after we stopped listening.
            }
        }
    }

    private async Task ReadyAsync(CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < StartPatience)
        {
            if (_process.HasExited)
            {
                throw new UsageException($"{Name} ended as soon as it was started (exit code {_process.ExitCode}). Its last words:\n{LastLines()}");
            }

            try
            {
                using var answer = await http.GetAsync(new Uri("/health", UriKind.Relative), cancel);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
            {
                // Not listening yet.
            }

            await Task.Delay(Pause, TimeProvider.System, cancel);
        }

        throw new UsageException($"{Name} does not answer at {Address} after {StartPatience.TotalSeconds:0} s. Its last words:\n{LastLines()}");
    }
}
