using TwinTrack.Cli;
using TwinTrack.Proving.Systems;
using TwinTrack.Running;
using TwinTrack.TestRuns;

namespace TwinTrack.Proving.Mutation;

/// <summary>
/// Runs Stryker over one pure domain after another, in a copy of the sources. A run that is killed would leave changed
/// assemblies beside the tests; in the copy they harm nobody.
/// </summary>
internal static class MutationRun
{
    private static readonly TimeSpan RestorePatience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromHours(3);

    /// <summary>The domains that have rules, by name: Payments, Routing and so on.</summary>
    internal static IReadOnlyList<string> Domains(string sources) =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(sources, "services"))
            .Select(folder => Path.GetFileName(folder))
            .Where(name => Directory.Exists(DomainOf(sources, name))).Order(StringComparer.Ordinal),
    ];

    internal static async Task RunAsync(
        string sources, IReadOnlyList<string> domains, string? files, Action<MutationReport> tell,
        CancellationToken cancel)
    {
        var copy = SourcesCopy.Make(sources, "mutation");
        (string, string)[] environment = [.. SourcesCopy.Environment(sources), ("MutationRun", "true")];
        await DotNetAsync(["tool", "restore"], copy, RestorePatience, environment, cancel);
        foreach (var domain in domains)
        {
            var output = Path.Combine(copy, "artifacts", "reports", domain);
            await DotNetAsync(
            [
                // VSTest starts tests of xunit.v3 in a process that Stryker cannot reach.
                "stryker", "--test-runner", "mtp", "--project", $"TwinTrack.{domain}.Domain.csproj",
                "--configuration", "Release", "--reporter", "json", "--output", output,
                "--skip-version-check", "--break-at", "0",
                // Refusals are texts in static fields. Tests read all of them at once.
                "--mutate", files ?? "**/*.cs", "--mutate", "!**/*Refusals.cs",
            ],
                Path.Combine(copy, "tests", "TwinTrack.Domain.Tests"), Patience, environment, cancel);
            var report = MutationReport.Read(
                domain, await File.ReadAllTextAsync(Path.Combine(output, "reports", "mutation-report.json"), cancel));
            if (files is null && !report.ReachedTests)
            {
                throw new CannotRunException(Invariant(
                    $"No change of {domain} was noticed: the changes did not reach the tests."));
            }

            tell(report);
        }
    }

    private static string DomainOf(string sources, string name) =>
        Path.Combine(sources, "services", name, $"TwinTrack.{name}.Domain");

    private static async Task DotNetAsync(
        string[] arguments, string folder, TimeSpan patience, (string, string)[] environment, CancellationToken cancel)
    {
        var (code, output) = await TestRun.DotNetAsync(arguments, folder, patience, cancel, environment);
        if (code != 0)
        {
            throw new UsageException(Invariant($"dotnet {arguments[0]} ended with code {code}:\n{output}"));
        }
    }
}
