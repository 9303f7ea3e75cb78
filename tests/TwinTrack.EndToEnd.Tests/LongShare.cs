namespace TwinTrack.EndToEnd.Tests;

/// <summary>
/// Runs of minutes each, on servers or under faults: in CI always, elsewhere when asked for, so that a person's run of
/// all tests stays short.
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
