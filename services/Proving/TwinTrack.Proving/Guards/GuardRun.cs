namespace TwinTrack.Proving.Guards;

/// <summary>The result for a weakened guard.</summary>
/// <param name="Failed">The tests that failed.</param>
/// <param name="Fault">Why it could not be tried, or null.</param>
internal sealed record GuardResult(string Id, bool Caught, IReadOnlyList<string> Failed, string? Fault, double Seconds);

/// <summary>
/// Weakens one guard after another in a copy of the sources. Only the guard's own project is built again and put beside
/// the tests, and only its test runs.
/// </summary>
internal static class GuardRun
{
    public static async Task<List<GuardResult>> RunAsync(
        string sources, IReadOnlyList<MoneyGuard> guards, Action<MoneyGuard, GuardResult> tell,
        CancellationToken cancel)
    {
        var scratch = GuardScratch.Of(sources);
        var results = new List<GuardResult>();
        foreach (var project in guards.GroupBy(guard => guard.Project))
        {
            await scratch.BuildTestsAsync(project.Key, cancel);
            var useless = await scratch.UselessAsync(project.Key, project.Select(guard => guard.Test), cancel);
            foreach (var file in project.GroupBy(guard => guard.File))
            {
                foreach (var guard in file)
                {
                    var result = useless.Contains(guard.Test)
                        ? new GuardResult(guard.Id, Caught: false, [],
                            "the test does not pass while the guard is in place", 0)
                        : await TryAsync(scratch, guard, cancel);
                    results.Add(result);
                    tell(guard, result);
                }

                await scratch.RebuildAsync(file.Key, project.Key, cancel);
            }
        }

        return results;
    }

    private static async Task<GuardResult> TryAsync(GuardScratch scratch, MoneyGuard guard, CancellationToken cancel)
    {
        var started = TimeProvider.System.GetTimestamp();
        GuardResult Result(bool caught, IReadOnlyList<string> failed, string? fault) => new(
            guard.Id, caught, failed, fault, TimeProvider.System.GetElapsedTime(started).TotalSeconds);

        var path = scratch.PathOf(guard.File);
        var text = await File.ReadAllTextAsync(path, cancel);
        if (guard.Weaken(text) is not { } weaker)
        {
            return Result(caught: false, [], "the text to be weakened does not stand exactly once in the file");
        }

        try
        {
            await File.WriteAllTextAsync(path, weaker, cancel);
            if (await scratch.RebuildAsync(guard.File, guard.Project, cancel) is { } fault)
            {
                return Result(caught: false, [], fault);
            }

            var (whole, ran) = await scratch.TestAsync(guard.Project, guard.Test, cancel);
            var failed = ran.Where(test => test.Outcome == "Failed").Select(test => test.Name).Distinct().ToList();
            return Result(
                !whole, failed, !whole || ran.Count > 0 ? null : $"no test of the name {guard.Test} ran");
        }
        finally
        {
            await File.WriteAllTextAsync(path, text, CancellationToken.None);
        }
    }
}
