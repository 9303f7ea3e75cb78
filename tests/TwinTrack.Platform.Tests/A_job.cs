using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Tests.Bakery;

namespace TwinTrack.Platform.Tests;

public sealed class A_job
{
    [Fact]
    public async Task That_fails_after_a_committed_step_goes_on_from_there()
    {
        await using var bakery = await BakeryHost.StartAsync(faults: new Faults { StepThrows = 3 });

        await StartAsync(bakery);

        await bakery.Until(db => db.Jobs.AnyAsync(job => job.State == JobState.Done));
        bakery.Faults.Log.Should().Equal(Enumerable.Range(1, 10).Select(step => Invariant($"{step}")),
            "each step is done once");
        (await bakery.InDbAsync(db => db.Jobs.SingleAsync())).Error.Should().BeNull("the last step went well");
    }

    [Fact]
    public async Task Started_twice_is_one_job()
    {
        await using var bakery = await BakeryHost.StartAsync();

        await StartAsync(bakery);
        await StartAsync(bakery);

        await bakery.Until(db => db.Jobs.AnyAsync(job => job.State == JobState.Done));
        bakery.Faults.Log.Should().HaveCount(10);
    }

    [Fact]
    public async Task Whose_process_stopped_is_finished_by_the_next()
    {
        string data;
        await using (var bakery = await BakeryHost.StartAsync(faults: new Faults { StepThrows = int.MaxValue }))
        {
            data = bakery.Data;
            await StartAsync(bakery);
            await bakery.Until(db => db.Jobs.AnyAsync(job => job.Done >= 2));
        }

        await using var next = await BakeryHost.StartAsync(data);

        await next.Until(db => db.Jobs.AnyAsync(job => job.State == JobState.Done && job.Done == 10));
        next.Faults.Log.Should().HaveCountLessThan(9, "what was committed before is not done again");
    }

    [Fact]
    public async Task That_is_stuck_says_why()
    {
        await using var bakery = await BakeryHost.StartAsync(faults: new Faults { StepThrows = int.MaxValue });

        await StartAsync(bakery);

        await bakery.Until(db => db.Jobs.AnyAsync(job => job.Error != null && job.Error.Contains("Planned fault")));
    }

    [Fact]
    public async Task A_folder_in_use_is_not_shared()
    {
        await using var bakery = await BakeryHost.StartAsync();

        var second = () => BakeryHost.StartAsync(bakery.Data);

        await second.Should().ThrowAsync<InvalidOperationException>().WithMessage("*already uses*");
    }

    private static Task StartAsync(BakeryHost bakery) => bakery.InDbAsync(async db =>
    {
        await db.InTransactionAsync(
            () => db.StartJobAsync("count", "ten", TimeProvider.System.GetUtcNow(), CancellationToken.None),
            CancellationToken.None);
        return true;
    });
}
