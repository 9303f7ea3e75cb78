using System.Globalization;

namespace TwinTrack.Domain.Tests;

public sealed class The_machines_language
{
    /// <summary>A run that names a language by LC_ALL would otherwise show nothing.</summary>
    [Fact]
    public void Is_the_culture_that_tests_run_in()
    {
        var named = Environment.GetEnvironmentVariable("LC_ALL") ?? "";
        var expected = named.StartsWith('C') || named.Length < 5 ? "" : named[..5].Replace('_', '-');

        CultureInfo.CurrentCulture.Name.Should().StartWith(expected);
    }
}
