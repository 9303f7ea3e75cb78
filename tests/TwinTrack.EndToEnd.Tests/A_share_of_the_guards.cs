using TwinTrack.Proving.Commands;
using TwinTrack.Proving.Guards;
using TwinTrack.Running;

namespace TwinTrack.EndToEnd.Tests;

/// <summary>Some guards on the way of money, others every day; <c>./twintrack guards</c> tries all of them.</summary>
public sealed class A_share_of_the_guards
{
    private const int Size = 4;

    [Fact]
    public async Task Is_noticed_when_weakened_and_what_weakens_nothing_is_not()
    {
        var sources = Installation.Sources();
        var seed = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).DayNumber;
        var guards = RunGuards.Choose(MoneyGuardList.Read(sources), [], "Domain", Size, seed);
        var unnoticed = guards[0] with { Id = "unnoticed", Replace = guards[0].Find };

        var results = await GuardRun.RunAsync(sources, [.. guards, unnoticed], (_, _) => { }, CancellationToken.None);

        results.Should().HaveCount(Size + 1).And.OnlyContain(result => result.Fault == null, $"the seed is {seed}");
        results.Where(result => !result.Caught).Should().ContainSingle($"the seed is {seed}").Which.Id.Should()
            .Be("unnoticed");
    }
}
