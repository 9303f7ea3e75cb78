using System.Text.Json;
using TwinTrack.Running;

namespace TwinTrack.EndToEnd.Tests;

/// <summary>The command line as a process of its own, as a person runs it.</summary>
internal sealed record CommandLine(int Code, string Output, string Errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(12);

    /// <summary>What a test reads when the claim about the output fails.</summary>
    public string All => Invariant($"exit code {Code}\n{Output}\n{Errors}");

    /// <summary>The last line of standard output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Output.TrimEnd().Split('\n')[^1]).RootElement;

    public static async Task<CommandLine> RunAsync(
        IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var ended = await CommandRun.RunAsync(
            CommandRun.Describe(
                "dotnet", Environment.CurrentDirectory, [Installation.Program("TwinTrack.Proving"), .. arguments],
                environment.Select(variable => (variable.Key, variable.Value))),
            Patience,
            CancellationToken.None);
        return new CommandLine(ended.Code, ended.Output, ended.Errors);
    }
}
