using System.Collections.Concurrent;
using System.Xml.Linq;
using TwinTrack.Running;

namespace TwinTrack.TestRuns;

/// <summary>What the tests said, read from their result files.</summary>
/// <param name="Failures">
/// Names of failed tests with the first line of why, and projects that did not get to the end.
/// </param>
internal sealed record TestSum(int Passed, int Failed, int Skipped, IReadOnlyList<string> Failures)
{
    public static readonly TestSum Nothing = new(0, 0, 0, []);

    /// <summary>No failures, and something was tried.</summary>
    public bool Holds => Failed == 0 && Passed > 0;

    public TestSum Plus(TestSum other) =>
        new(Passed + other.Passed, Failed + other.Failed, Skipped + other.Skipped, [.. Failures, .. other.Failures]);

    /// <summary>The failures, then the line that people and machines look for.</summary>
    public void Print()
    {
        foreach (var failure in Failures)
        {
            Console.Out.WriteLine("FAILED " + failure);
        }

        Console.Out.WriteLine(
            Invariant($"{Passed} passed, {Failed} failed")
                + (Skipped > 0 ? Invariant($", {Skipped} skipped") : ""));
    }
}

/// <summary>A test project, or some of its tests, in one culture.</summary>
/// <param name="Project">The path of its project file.</param>
/// <param name="Filter">As dotnet test reads it; null is all of its tests.</param>
/// <param name="Culture">As LANG names it, e.g. fa_IR; null is the machine's.</param>
internal sealed record TestShare(string Project, string? Filter, string? Culture, bool MayBeEmpty = false)
{
    public string Name => Path.GetFileNameWithoutExtension(Project);

    public string Title => Name + (Culture is null ? "" : $" {Culture}");
}

/// <summary>Runs built test projects through <c>dotnet test</c>, each in its own process and within a limit.</summary>
internal static class TestRun
{
    /// <summary>
    /// Projects at once. Much of what they do is to wait, for servers and for what must not happen. Three on two cores
    /// are too many. A broken system is then quiet too late.
    /// </summary>
    private const int Lanes = 2;

    /// <summary>Three times as long as the longest takes on two cores that nobody else uses.</summary>
    private static readonly TimeSpan ProjectPatience = TimeSpan.FromMinutes(60);

    public static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>The test projects whose names contain one of these; all when none is given.</summary>
    public static IReadOnlyList<string> ProjectsOf(string sources, IReadOnlyCollection<string> names) =>
    [
        .. Directory.GetFiles(Path.Combine(sources, "tests"), "*.Tests.csproj", SearchOption.AllDirectories)
            .Where(path =>
                names.Count == 0
                    || names.Any(name => Path.GetFileName(path).Contains(name, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal),
    ];

    public static async Task<TestSum> RunAsync(
        string sources, IReadOnlyList<TestShare> shares, CancellationToken cancel)
    {
        var results = Directory.CreateDirectory(Path.Combine(sources, "artifacts", "test-results")).FullName;
        var sums = new ConcurrentBag<TestSum>();
        await Parallel.ForEachAsync(
            shares,
            new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancel },
            async (share, stop) => sums.Add(await RunOneAsync(share, results, stop)));
        return sums.Aggregate(TestSum.Nothing, (sum, one) => sum.Plus(one));
    }

    private static async Task<TestSum> RunOneAsync(
        TestShare share, string results, CancellationToken cancel)
    {
        var (name, project, filter) = (share.Title, share.Project, share.Filter);
        var file = Path.Combine(results, name.Replace(' ', '.') + ".trx");
        File.Delete(file);
        var started = TimeProvider.System.GetTimestamp();
        string[] arguments =
        [
            "test", project, "--no-build", "-c", "Release", "--nologo", "--logger", $"trx;LogFileName={file}",
            "--results-directory", results,
            "--verbosity", "quiet", .. filter is null ? Array.Empty<string>() : ["--filter", filter],
        ];
        var work = MakeWork();
        (string, string)[] language = share.Culture is { } culture ? [("LC_ALL", culture + ".UTF-8")] : [];
        var (code, output) = await DotNetAsync(
            arguments, Path.GetDirectoryName(project)!, ProjectPatience, cancel, [("TMPDIR", work), .. language]);
        var sum = Read(name, file, code, output, share.MayBeEmpty);
        if (sum.Failed == 0)
        {
            Remove(work);
        }
        else
        {
            Console.Out.WriteLine($"{name}: what its tests made is left in {work}");
        }

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Console.Out.WriteLine(
            Invariant($"{name,-36} {sum.Passed,5} passed {sum.Failed,4} failed {seconds,7:0.0} s"));
        return sum;
    }

    /// <summary>
    /// Where a project's tests keep what they make; servers that run as users of their own have folders in it.
    /// </summary>
    private static string MakeWork()
    {
        var work = Directory.CreateTempSubdirectory("twintrack-test-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(work, (UnixFileMode)0b111_101_101);
        }

        return work;
    }

    private static void Remove(string work)
    {
        try
        {
            Directory.Delete(work, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Left behind: {work} ({fault.Message})");
        }
    }

    private static TestSum Read(string name, string file, int code, string output, bool mayBeEmpty)
    {
        if (!File.Exists(file))
        {
            return code == 0 && mayBeEmpty
                ? TestSum.Nothing
                : new TestSum(0, 1, 0, [Invariant($"{name}: ended with exit code {code} and no results:\n{output}")]);
        }

        var results = XDocument.Load(file).Descendants(Trx + "UnitTestResult").Select(result => (
            Name: (string?)result.Attribute("testName"),
            Outcome: (string?)result.Attribute("outcome"),
            Message: ((string?)result.Descendants(Trx + "Message").FirstOrDefault() ?? "no message").Trim())).ToList();
        var passed = results.Count(result => result.Outcome == "Passed");
        var skipped = results.Where(result => result.Outcome == "NotExecuted").ToList();
        var failures = results.Where(result => result.Outcome != "Passed").Except(skipped)
            .Select(result => $"{result.Name}: {result.Message}").ToList();
        if (code != 0 && failures.Count == 0)
        {
            failures.Add(Invariant($"{name}: ended with exit code {code}:\n{output}"));
        }

        foreach (var result in skipped)
        {
            Console.Out.WriteLine($"SKIPPED {result.Name}: {result.Message}");
        }

        return new TestSum(passed, failures.Count, skipped.Count, failures);
    }

    /// <summary>Runs one dotnet command to its end and gives its exit code and its last output.</summary>
    public static async Task<(int Code, string Output)> DotNetAsync(
        string[] arguments, string folder, TimeSpan patience, CancellationToken cancel,
        params (string Name, string Value)[] environment)
    {
        const int LinesMax = 60;
        try
        {
            var ended = await CommandRun.RunAsync(
                CommandRun.Describe("dotnet", folder, arguments, environment), patience, cancel);
            return (ended.Code, string.Join('\n', (ended.Output + ended.Errors).Split('\n').TakeLast(LinesMax)));
        }
        catch (CannotRunException fault)
        {
            return (1, fault.Message);
        }
    }
}
