using System.Globalization;

namespace TwinTrack.Domain.Tests;

public sealed class The_machines_language
{
    /// <summary>A run that names a language by LC_ALL would otherwise show nothing.</summary>
    [Fact]
    public void Is_the_culture_that_tests_run_in()
    {
        var named = Environment.GetEnvironmentVariable("LC_ALL") ?? "";
        Assert.SkipUnless(named.Contains('_', StringComparison.Ordinal),
            "LC_ALL names no language. Try ./twintrack test Domain --culture fa_IR.");

        CultureInfo.CurrentCulture.Name.Should().Be(named.Split('.')[0].Replace('_', '-'));
    }
}
