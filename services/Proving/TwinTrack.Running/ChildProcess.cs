using System.Diagnostics;
using System.Globalization;

namespace TwinTrack.Running;

/// <summary>
/// One program as a child process, with its output in a file. Ended by its process id and in every case: on success, on
/// failure and on Ctrl-C.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastOutput = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly string _logPath;

    private ChildProcess(string name, Process process, StreamWriter log, string logPath) =>
        (Name, _process, _log, _logPath) = (name, process, log, logPath);

    public string Name { get; }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <param name="name">For people, and of the log file.</param>
    /// <param name="start">What to run; its input and output are ours.</param>
    /// <param name="logFolder">Where its output goes, after that of earlier runs.</param>
    public static ChildProcess Start(string name, ProcessStartInfo start, string logFolder)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        var logPath = Path.Combine(logFolder, name + ".log");
        var log =
            new StreamWriter(
                new FileStream(logPath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            { AutoFlush = true };
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Write(log, line.Data);
        process.ErrorDataReceived += (_, line) => Write(log, line.Data);
        try
        {
            process.Start();
        }
        catch
        {
            log.Dispose();
            process.Dispose();
            throw;
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(name, process, log, logPath);
    }

    /// <summary>
    /// Waits until the check succeeds, as long as the process lives. There is no time limit, because a slow machine is
    /// not a failure.
    /// </summary>
    /// <exception cref="CannotRunException">The process ended first.</exception>
    public async Task ReadyAsync(Func<CancellationToken, Task<bool>> answers, CancellationToken cancel)
    {
        var waiting = Waiting("to answer");
        while (true)
        {
            if (_process.HasExited)
            {
                // Its last output may still be on its way. Its own children may hold the pipe open for ever.
                await Task.WhenAny(
                    _process.WaitForExitAsync(cancel), Task.Delay(LastOutput, TimeProvider.System, cancel));
                throw new CannotRunException(
                    Invariant($"{Name} ended before it was ready (exit code {_process.ExitCode}). It printed ")
                        + $"last:\n{LastLines()}");
            }

            if (await answers(cancel))
            {
                return;
            }

            waiting.Tell();
            await Task.Delay(Pause, TimeProvider.System, cancel);
        }
    }

    /// <summary>For a program that does one thing: waits for its end, and fails when it says that it failed.</summary>
    public async Task SucceedAsync(CancellationToken cancel)
    {
        var waiting = Waiting("to end");
        while (!_process.HasExited)
        {
            waiting.Tell();
            await Task.Delay(Pause, TimeProvider.System, cancel);
        }

        await _process.WaitForExitAsync(cancel);
        if (_process.ExitCode != 0)
        {
            throw new CannotRunException(
                Invariant($"{Name} failed (exit code {_process.ExitCode}). It printed last:\n{LastLines()}"));
        }
    }

    /// <summary>What it wrote last, for a failure's story.</summary>
    public string LastLines(int count = 25)
    {
        using var stream = new FileStream(_logPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return string.Join('\n', reader.ReadToEnd().Split('\n').TakeLast(count));
    }

    /// <summary>kill -9 for the process and its children. Nothing is flushed.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Asks it to end, and ends it if it does not.</summary>
    /// <param name="signal">As <c>kill</c> names it: TERM, or INT where that is the polite one.</param>
    /// <param name="patience">From the asking.</param>
    public async Task StopAsync(string signal, TimeSpan patience)
    {
        if (!_process.HasExited && !OperatingSystem.IsWindows())
        {
            using var ask = Process.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(patience);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                // It did not end in time. KillAsync ends it.
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

    private WaitingReport Waiting(string what) =>
        new($"{Name} {what}", _logPath, TimeProvider.System, Console.Error.WriteLine);

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
                // The last output of a killed child may come after reading has stopped.
            }
        }
    }
}
