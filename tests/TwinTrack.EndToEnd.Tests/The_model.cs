using TwinTrack.Proving.Model;
using TwinTrack.Running;

namespace TwinTrack.EndToEnd.Tests;

/// <summary>The model of fence and switch within small bounds; ./twintrack model takes larger ones.</summary>
public sealed class The_model
{
    private static readonly ModelBounds Small = new(Flips: 3, Crashes: 1);

    public static TheoryData<string> Variants => [.. SwitchModel.Variants.Keys];

    [Fact]
    public async Task Of_fence_and_switch_has_no_course_that_pays_twice_or_loses_anybody()
    {
        SkipWithoutSpin();

        var result = await SwitchModel.RunAsync(null, Small, CancellationToken.None);

        result.Violation.Should().BeNull();
        result.Complete.Should().BeTrue();
        result.States.Should().BeGreaterThan(100_000);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Finds_out_what_lacks_a_guard_and_goes_the_long_ways_round(string variant)
    {
        SkipWithoutSpin();

        (await SwitchModel.RunAsync(variant, Small, CancellationToken.None)).Violation.Should().NotBeNull();
    }

    private static void SkipWithoutSpin()
    {
        if (ServerPackage.Spin.Find("spin") is null || ServerPackage.Compiler.Find("cc") is null)
        {
            throw Xunit.Sdk.SkipException.ForSkip("spin and a C compiler are not installed.");
        }
    }
}
