using System.CommandLine;
using System.CommandLine.Invocation;
using TwinTrack.Cli.Commands;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Running;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Cli;

internal static class Program
{
    /// <summary>Time for a command to end its children and its story after Ctrl-C.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(30);

    internal static async Task<int> Main(string[] args)
    {
        var parsed = AllCommands.Root().Parse(args);
        try
        {
            var invocation =
                new InvocationConfiguration { EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = LastWords };
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
                $"No answer from {RemoteOptions.HostOf(parsed)}: {fault.Message} Is the host up? ./twintrack up "
                    + $"starts one.");
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
