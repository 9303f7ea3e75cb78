using System.CommandLine;
using TwinTrack.Running;
using TwinTrack.TestRuns;

// The same command is in ./twintrack; here it needs nothing of TwinTrack's services to be built.
try
{
    return await TwinTrack.Cli.Program.RunAsync(new RootCommand("TwinTrack's tests.") { Test.Build() }.Parse(args));
}
catch (CannotRunException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return TwinTrack.Cli.ExitCode.Refused;
}
