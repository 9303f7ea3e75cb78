using System.Diagnostics;
using System.Text;

namespace TwinTrack.Running;

/// <summary>Runs a program of this machine to its end.</summary>
internal static class CommandRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>The program's path, or null when this machine has none.</summary>
    /// <param name="program">Its file name.</param>
    /// <param name="folders">Looked through before the PATH.</param>
    public static string? Find(string program, params IEnumerable<string> folders) => folders
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    /// <param name="program">A path, or a name on the PATH.</param>
    /// <param name="folder">Where it works.</param>
    /// <param name="arguments">As the program reads them.</param>
    /// <param name="environment">More variables.</param>
    public static ProcessStartInfo Describe(
        string program, string folder, IEnumerable<string> arguments,
        params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            Environment = { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1",
                ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Runs it with nothing to read, for five minutes at most.</summary>
    public static Task<CommandResult> RunAsync(
        string program, string folder, IEnumerable<string> arguments,
        params IEnumerable<(string Name, string Value)> environment) =>
        RunAsync(Describe(program, folder, arguments, environment), Patience, CancellationToken.None);

    /// <summary>
    /// Runs it with nothing to read, and waits while it lives. Says every ten seconds what it waits for.
    /// </summary>
    public static async Task<CommandResult> RunAsync(ProcessStartInfo start, CancellationToken cancel)
    {
        var waiting = new WaitingReport(
            $"{Path.GetFileName(start.FileName)} to end", null, TimeProvider.System, Console.Error.WriteLine);
        await using var timer = TimeProvider.System.CreateTimer(_ => waiting.Tell(), null, Second, Second);
        return await RunAsync(start, Timeout.InfiniteTimeSpan, cancel);
    }

    /// <summary>Runs it with nothing to read.</summary>
    /// <exception cref="CannotRunException">It has not ended in time and was killed.</exception>
    public static async Task<CommandResult> RunAsync(
        ProcessStartInfo start, TimeSpan patience, CancellationToken cancel)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        using var process = new Process { StartInfo = start };
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new CommandResult(start.FileName, process.ExitCode, Kept(output), Kept(errors));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(Second);
            cancel.ThrowIfCancellationRequested();
            throw new CannotRunException(
                Invariant($"{start.FileName} has not ended after {patience.TotalMinutes:0} minutes. It printed:\n")
                    + $"{Kept(errors)}\n{Kept(output)}");
        }
    }

    private static void Keep(StringBuilder lines, string? line)
    {
        if (line is not null)
        {
            lock (lines)
            {
                lines.AppendLine(line);
            }
        }
    }

    private static string Kept(StringBuilder lines)
    {
        lock (lines)
        {
            return lines.ToString();
        }
    }
}

/// <summary>How a program ended, and what it printed.</summary>
internal sealed record CommandResult(string Program, int Code, string Output, string Errors)
{
    /// <summary>What it printed to its standard output.</summary>
    /// <exception cref="CannotRunException">It failed; the message holds all that it printed.</exception>
    public string Succeeded() => Code == 0
        ? Output : throw new CannotRunException(
            Invariant($"{Program} ended with {Code}. ") + $"It printed:\n{Errors}\n{Output}");
}
