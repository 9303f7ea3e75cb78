using System.Xml.Linq;
using TwinTrack.Cli;
using TwinTrack.Proving.Systems;
using TwinTrack.Running;
using TwinTrack.TestRuns;

namespace TwinTrack.Proving.Guards;

/// <summary>
/// A copy of the sources under artifacts, in which guards are weakened. It stays there, so that the next run builds
/// only what has changed.
/// </summary>
internal sealed class GuardScratch
{
    private static readonly TimeSpan BuildPatience = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan TestPatience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BaselinePatience = TimeSpan.FromMinutes(20);

    /// <summary>2 GB, in hexadecimal digits: a loop without its guard must not take the machine's memory.</summary>
    private const string MemoryMax = "80000000";

    private readonly string _root;
    private readonly (string Name, string Value)[] _environment;

    private GuardScratch(string root, (string Name, string Value)[] environment) =>
        (_root, _environment) = (root, environment);

    public static GuardScratch Of(string sources) => new(
        SourcesCopy.Make(sources, "guards"),
        [.. SourcesCopy.Environment(sources), ("DOTNET_GCHeapHardLimit", MemoryMax)]);

    public string PathOf(string file) => Path.Combine(_root, file);

    /// <summary>Builds a test project with all that it refers to.</summary>
    public async Task BuildTestsAsync(string name, CancellationToken cancel)
    {
        var (code, output) = await BuildAsync(
            PathOf($"tests/TwinTrack.{name}.Tests/TwinTrack.{name}.Tests.csproj"), [], cancel);
        if (code != 0)
        {
            throw new UsageException($"The copy of the sources does not build:\n{output}");
        }
    }

    /// <summary>Builds the one project that holds this file, and puts it beside the tests.</summary>
    /// <returns>Null when it was built; else what the compiler said.</returns>
    public async Task<string?> RebuildAsync(string file, string tests, CancellationToken cancel)
    {
        var project = ProjectOf(PathOf(file));
        var (code, output) = await BuildAsync(
            project, ["--no-restore", "--no-dependencies", "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false"],
            cancel);
        if (code != 0)
        {
            return output;
        }

        var name = Path.GetFileNameWithoutExtension(project);
        File.Copy(PathOf($"artifacts/bin/{name}/release/{name}.dll"),
            PathOf($"artifacts/bin/TwinTrack.{tests}.Tests/release/{name}.dll"), overwrite: true);
        return null;
    }

    /// <summary>
    /// The tests that fail, or are skipped, while every guard is in place. They would notice everything, or nothing.
    /// </summary>
    public async Task<IReadOnlySet<string>> UselessAsync(
        string tests, IEnumerable<string> names, CancellationToken cancel)
    {
        var filter = string.Join('|', names.Distinct().Select(name => $"FullyQualifiedName~{name}"));
        var (_, ran) = await TestAsync(tests, filter, BaselinePatience, cancel);
        return ran.Count == 0
            ? throw new CannotRunException($"No test of {tests} ran while every guard was in place.")
            : ran.Where(test => test.Outcome != "Passed").Select(test => test.Name).ToHashSet();
    }

    /// <summary>
    /// Runs the tests of this name, and gives each with its outcome. A weakened guard may also end the whole process,
    /// or keep it from ending.
    /// </summary>
    public Task<(bool Whole, IReadOnlyList<(string Name, string Outcome)> Tests)> TestAsync(
        string tests, string name, CancellationToken cancel) =>
        TestAsync(tests, $"FullyQualifiedName~{name}", TestPatience, cancel);

    private async Task<(bool Whole, IReadOnlyList<(string Name, string Outcome)> Tests)> TestAsync(
        string tests, string filter, TimeSpan patience, CancellationToken cancel)
    {
        var file = PathOf("artifacts/guard.trx");
        File.Delete(file);
        var (code, _) = await TestRun.DotNetAsync(
            ["test", PathOf($"artifacts/bin/TwinTrack.{tests}.Tests/release/TwinTrack.{tests}.Tests.dll"), "--filter",
                filter, "--logger", $"trx;LogFileName={file}"],
            _root, patience, cancel, _environment);
        IReadOnlyList<(string, string)> ran = !File.Exists(file) ? []
            : [.. XDocument.Load(file).Descendants(TestRun.Trx + "UnitTestResult").Select(result => (
                ((string)result.Attribute("testName")!).Split('(')[0],
                (string)result.Attribute("outcome")!))];
        return (code == 0, ran);
    }

    private Task<(int Code, string Output)> BuildAsync(string project, string[] more, CancellationToken cancel) =>
        TestRun.DotNetAsync(
            ["build", project, "-c", "Release", "--nologo", "-v", "quiet", "-clp:NoSummary;ErrorsOnly", .. more],
            _root, BuildPatience, cancel);

    private static string ProjectOf(string file)
    {
        for (var folder = new FileInfo(file).Directory; folder is not null; folder = folder.Parent)
        {
            if (folder.GetFiles("*.csproj") is [var project])
            {
                return project.FullName;
            }
        }

        throw new UsageException($"{file} belongs to no project.");
    }
}
