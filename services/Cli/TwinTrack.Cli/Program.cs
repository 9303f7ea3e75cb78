using System.CommandLine;
using System.CommandLine.Invocation;
using TwinTrack.Cli.Commands;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Cli;

/// <summary>The commands against a host. ./twintrack adds those that start one, from TwinTrack.Proving.</summary>
internal static class Program
{
    /// <summary>Time for a command to end its children and its story after Ctrl-C.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(30);

    internal static Task<int> Main(string[] args)
    {
        var root = OperatorCommands.Root();
        foreach (var command in OperatorCommands.All())
        {
            root.Add(command);
        }

        return RunAsync(root.Parse(args));
    }

    /// <summary>Runs what was asked for, and turns a refusal or a fault into a message and an exit code.</summary>
    internal static async Task<int> RunAsync(ParseResult parsed)
    {
        try
        {
            var invocation =
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = LastWords
                };
            var code = await parsed.InvokeAsync(invocation);
            return parsed.Action is ParseErrorAction ? ExitCode.Refused : code;
        }
        catch (ApiRefusal refusal)
        {
            Refusals.Print(refusal);
            return ExitCode.Refused;
        }
        catch (UsageException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return ExitCode.Refused;
        }
        catch (HttpRequestException fault)
        {
            await Console.Error.WriteLineAsync(
                $"No answer from {RemoteOptions.HostOf(parsed)}: {fault.Message} Is the host up? ./twintrack up starts "
                    + $"one.");
            return ExitCode.Refused;
        }
        catch (IOException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return ExitCode.Refused;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted.");
            return ExitCode.Interrupted;
        }
    }
}
