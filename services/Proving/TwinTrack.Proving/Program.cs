using TwinTrack.Cli;
using TwinTrack.Proving.Commands;
using TwinTrack.Running;

try
{
    return await TwinTrack.Cli.Program.RunAsync(AllCommands.Root().Parse(args));
}
catch (CannotRunException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return ExitCode.Refused;
}
