namespace TwinTrack.EndToEnd.Tests;

/// <summary>
/// Runs that take minutes, on servers or under faults. CI always runs them. Elsewhere they run on request, so that a
/// normal test run stays short.
/// </summary>
internal static class LongShare
{
    public static void SkipUnlessAsked()
    {
        if (Environment.GetEnvironmentVariable("CI") is null or "")
        {
            throw Xunit.Sdk.SkipException.ForSkip("takes minutes: runs with CI=true.");
        }
    }
}
