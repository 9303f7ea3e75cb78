using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Payments;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;
using TwinTrack.Services.Tests.Postgres;

namespace TwinTrack.Services.Tests.Operations;

/// <summary>
/// Two hosts on one database; one of them is told to stop in the middle of a long job. Its lease is two minutes; nobody
/// here waits so long.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class A_host_that_stops(PostgresServer postgres)
{
    private const string Kind = "test-slow";

    [Fact]
    public async Task Hands_a_job_back_between_two_steps_and_the_other_host_goes_on_at_once()
    {
        var work = new Work { StepTakes = TimeSpan.FromMilliseconds(50) };
        await HandOverAsync("between_steps", work);
    }

    [Fact]
    public async Task Breaks_a_step_off_that_does_not_end_and_the_other_host_does_it_again()
    {
        var work = new Work { StepTakes = Timeout.InfiniteTimeSpan };
        await HandOverAsync("within_step", work);
    }

    private async Task HandOverAsync(string name, Work work)
    {
        var database = await postgres.NewDatabaseAsync($"stops_{name}");
        await using var first = await StartAsync(database, "first", work);
        await first.QueryAsync<PaymentsDb, bool>(async db =>
        {
            await db.InTransactionAsync(
                () => db.StartJobAsync(Kind, "one", TimeProvider.System.GetUtcNow(), CancellationToken.None),
                CancellationToken.None);
            return true;
        });
        await TestHost.Until(() => Task.FromResult(work.Began.Count(host => host == "first")), steps => steps >= 1);
        await using var second = await StartAsync(database, "second", work);

        await first.App.StopAsync();

        var begunByFirst = work.Began.Count(host => host == "first");
        await TestHost.Until(() => Task.FromResult(work.Began.Count(host => host == "second")), steps => steps >= 1);
        work.Began.Count(host => host == "first").Should().Be(begunByFirst, "who has stopped begins nothing");
        work.AtOnceMax.Should().Be(1, "a job has one holder at a time");
        var job = await second.QueryAsync<PaymentsDb, Job>(
            db => db.Jobs.AsNoTracking().SingleAsync(job => job.Kind == Kind));
        job.Attempts.Should().Be(0, "being told to stop is no failure of the work");
    }

    private static Task<TestHost> StartAsync(string database, string name, Work work) => TestHost.StartAsync(
        null,
        ["--ConnectionStrings:payments", database, "--shutdown:timeoutSeconds", "4"],
        services =>
        {
            services.AddSingleton(new Host(name, work));
            services.AddJob<PaymentsDb, SlowJob>(Kind);
        },
        new PaymentsModule());

    private sealed class Work
    {
        private int _atOnce;

        public required TimeSpan StepTakes { get; init; }

        public ConcurrentQueue<string> Began { get; } = new();

        public int AtOnceMax { get; private set; }

        public async Task StepAsync(string host, CancellationToken cancel)
        {
            AtOnceMax = Math.Max(AtOnceMax, Interlocked.Increment(ref _atOnce));
            Began.Enqueue(host);
            try
            {
                await Task.Delay(StepTakes, TimeProvider.System, cancel);
            }
            finally
            {
                Interlocked.Decrement(ref _atOnce);
            }
        }
    }

    private sealed record Host(string Name, Work Work);

    private sealed class SlowJob(Host host) : IJob<PaymentsDb>
    {
        public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
        {
            await host.Work.StepAsync(host.Name, cancel);
            return JobStep.Again;
        }
    }
}
