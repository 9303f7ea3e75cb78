namespace TwinTrack.TestRuns;

/// <summary>The shares of a whole run, the longest first, so that none of them is left to run alone.</summary>
internal static class WholeRun
{
    private const string EndToEnd = "TwinTrack.EndToEnd.Tests";
    private static readonly string[] LongestFirst = [EndToEnd, "TwinTrack.Services.Tests", "TwinTrack.Providers.Tests"];

    /// <summary>Tests of the end-to-end project that break or simulate the system. They are half of its time.</summary>
    private static readonly string[] Breaking = ["Chaos", "The_simulation", "A_killed_host", "The_model"];

    public static IEnumerable<TestShare> Of(IReadOnlyList<string> projects) =>
        projects.SelectMany(SharesOf).Concat(OtherCultures.In(projects)).OrderBy(Place);

    private static IEnumerable<TestShare> SharesOf(string project)
    {
        var whole = new TestShare(project, null, null);
        return whole.Name != EndToEnd ? [whole] :
        [
            whole with { Part = "broken", Filter = Join('|', "~") },
            whole with { Part = "in use", Filter = Join('&', "!~") },
        ];
    }

    private static string Join(char by, string contains) =>
        string.Join(by, Breaking.Select(name => $"FullyQualifiedName{contains}.{name}"));

    private static int Place(TestShare share)
    {
        var place = share.Culture is null ? Array.IndexOf(LongestFirst, share.Name) : -1;
        return place < 0 ? LongestFirst.Length : place;
    }
}
