namespace TwinTrack.TestRuns;

/// <summary>The shares of a whole run, the longest first, so that none of them is left to run alone.</summary>
internal static class WholeRun
{
    private static readonly string[] LongestFirst =
        ["TwinTrack.EndToEnd.Tests", "TwinTrack.Services.Tests", "TwinTrack.Providers.Tests"];

    public static IEnumerable<TestShare> Of(IReadOnlyList<string> projects) =>
        projects.Select(project => new TestShare(project, null, null)).Concat(OtherCultures.In(projects))
            .OrderBy(Place);

    private static int Place(TestShare share)
    {
        var place = share.Culture is null ? Array.IndexOf(LongestFirst, share.Name) : -1;
        return place < 0 ? LongestFirst.Length : place;
    }
}
