using TwinTrack.Cli.Showing;
using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Systems;

namespace TwinTrack.EndToEnd.Tests;

/// <summary>
/// kill -9 of the real process, started again on the same files while providers, people and payments go on.
/// </summary>
public sealed class A_killed_host
{
    [Theory]
    [InlineData(nameof(DemoMoment.ReleaseUnderWay))]
    [InlineData(nameof(DemoMoment.MoveUnderWay))]
    public async Task Finishes_with_the_same_sums_when_it_is_started_again(string moment)
    {
        var at = Enum.Parse<DemoMoment>(moment);
        var kills = 0;
        var options = new DemoOptions(Households: 400, Seed: 5, Keep: false)
        {
            At = async (now, host, cancel) =>
            {
                if (now == at)
                {
                    kills++;
                    await ((EmbeddedHost)host).CrashAndRestartAsync(cancel);
                }
            },
        };
        var work = Directory.CreateTempSubdirectory("twintrack-e2e-").FullName;
        await using (var world = new DemoWorld(options, new Story(json: true), work))
        {
            var totals = await CycleDemo.RunAsync(world, CancellationToken.None);

            kills.Should().Be(1);
            totals.Fails.Should().BeEmpty(totals.ToJson());
        }

        Directory.Delete(work, recursive: true);
    }
}
