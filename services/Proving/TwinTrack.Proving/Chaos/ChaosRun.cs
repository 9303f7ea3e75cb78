using TwinTrack.Cli;
using TwinTrack.Cli.Commands;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;
using TwinTrack.Proving.Demo;
using TwinTrack.Running;

namespace TwinTrack.Proving.Chaos;

/// <summary>Prepares, runs people and faults at the same time, ends the faults, waits for rest, and checks.</summary>
internal sealed class ChaosRun(ChaosOptions options, ChaosTarget ground, Story story)
{
    /// <summary>From the last fault until everything must have come to rest.</summary>
    private static readonly TimeSpan QuietWithin = TimeSpan.FromMinutes(2);

    private readonly Tally _tally = new();
    private readonly List<string> _fails = [];

    public async Task<ChaosTotals> RunAsync(CancellationToken cancel)
    {
        await ground.StartAsync(cancel);
        ground.World.Chapter("A registry, a programme, two tracks");
        await PreparationChapter.RunAsync(ground.World, cancel);
        var redelivery = new Redelivery(ground.Tables);
        await redelivery.BeginAsync(cancel);
        ground.Watch();
        var plan = FaultPlan.Of(options.Seed, options.Length, ground.Targets);
        story.Chapter(Invariant($"{plan.Count} faults in {options.Minutes:0.#} minutes, seed {options.Seed}"));

        var people = new ChaosScript(ground.World, story);
        var quiet = await DisturbAsync(plan, redelivery, people, cancel);
        return await JudgeAsync(people, quiet, cancel);
    }

    /// <summary>Faults and people at once; gives the time from the last fault until quiet.</summary>
    private async Task<TimeSpan> DisturbAsync(
        IReadOnlyList<Fault> plan, Redelivery redelivery, ChaosScript people, CancellationToken cancel)
    {
        using var end = new CancellationTokenSource();
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var storm = new FaultRunner(ground, redelivery, _tally, story).RunAsync(plan, options.Length, all.Token);
        var work = people.RunAsync(end.Token, all.Token);
        try
        {
            if (await Task.WhenAny(storm, work) == work)
            {
                // The people's script ends only on request, so it failed here.
                await work;
            }

            await storm;
            var over = TimeProvider.System.GetTimestamp();
            story.Chapter("The network is sound again; the last cycle goes on to its certificate");
            await end.CancelAsync();
            await work;
            await QuietWait.UntilQuietAsync(ground.Tables, cancel);
            if (await DeadLetters.CountAsync(ground.Tables, cancel) > 0)
            {
                await DeadLetters.RetryAsync(ground.World.People.Operator, cancel);
                await QuietWait.UntilQuietAsync(ground.Tables, cancel);
            }

            return TimeProvider.System.GetElapsedTime(over);
        }
        catch (Exception fault)
            when (fault is StuckException or DemoFailure or ApiRefusal or HttpRequestException or UsageException
                or CannotRunException)
        {
            throw new DemoFailure($"In {people.Now}: {fault.Message}");
        }
        finally
        {
            await all.CancelAsync();
            await Task.WhenAll(Ended(storm), Ended(work));
        }
    }

    private async Task<ChaosTotals> JudgeAsync(ChaosScript people, TimeSpan quiet, CancellationToken cancel)
    {
        var world = ground.World;
        var books = await ProviderLedgerComparison.CompareAsync(world, people.Cycles, cancel);
        var breaches = await Invariants.CheckAsync(
            ground.Tables, await ProviderLedgerComparison.PaidAsync(world, cancel), cancel);
        var ledgerSum = (await world.People.Auditor.GetAsync("/reconciliation/ledger", cancel)).Number("sumMinor");
        var chains = await AuditChain.VerifyAllAsync(world.People.Auditor, static (_, _) => { }, cancel);
        _fails.AddRange(breaches.Select(breach => breach.ToString()));
        _fails.AddRange(
            chains.Where(chain => chain.Broken is not null)
                .Select(chain => $"audit of {chain.Service}: {chain.Broken}"));
        Require(books.PaidTwice + books.Strangers == 0,
            $"{books.PaidTwice} paid twice, {books.Strangers} paid that nobody was due");
        Require(books.PayeesOverpaid == 0, $"{books.PayeesOverpaid} payees got more than their due");
        Require(books.Lost == 0, $"{books.Lost} lost");
        Require(books.PaidInFull == people.Settled,
            $"{books.PaidInFull} paid in the providers' books, {people.Settled} settled in the reports");
        Require(ledgerSum == 0, $"the ledger sums to {ledgerSum}");
        Require(quiet <= QuietWithin, $"quiet only after {quiet.TotalSeconds:0} s");
        var deadLettered = await DeadLetters.CountAsync(ground.Tables, cancel);
        Require(deadLettered == 0, $"{deadLettered} messages were given up, and a retry did not heal them");
        await TellStoriesAsync(breaches, cancel);
        return new ChaosTotals(
            options.Seed,
            options.Minutes,
            _tally.Kills,
            _tally.Restarts,
            ground.FellOver,
            ground.Resets,
            _tally.Spoilt,
            _tally.Redelivered,
            _tally.Shuffled,
            _tally.DiskFills,
            _tally.Missed,
            people.Cycles.Count,
            people.Payments,
            books.PaidTwice + books.Strangers,
            books.Lost,
            ledgerSum,
            deadLettered,
            Math.Round(quiet.TotalSeconds, 1),
            chains.TrueForAll(chain => chain.Broken is null),
            _fails);
    }

    /// <summary>The whole story of one payment of each breach that names one.</summary>
    private async Task TellStoriesAsync(List<Breach> breaches, CancellationToken cancel)
    {
        foreach (var breach in breaches)
        {
            if (breach.Cases.Select(one => one.Split(' ')[0])
                .FirstOrDefault(one => Guid.TryParseExact(one, "n", out _)) is { } id)
            {
                story.Chapter($"{breach.Rule}: the story of {id}");
                await PaymentShow.ShowAsync(story, ground.World.People.Auditor, ["obl_" + id, "ins_" + id], cancel);
            }
        }
    }

    private void Require(bool holds, FormattableString fail)
    {
        if (!holds)
        {
            _fails.Add(FormattableString.Invariant(fail));
        }
    }

    /// <summary>Waits for it without minding how it ends.</summary>
    private static async Task Ended(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
