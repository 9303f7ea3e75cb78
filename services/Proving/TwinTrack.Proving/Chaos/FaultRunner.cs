using System.Data.Common;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Proving.Chaos;

/// <summary>What was done, counted as it was done.</summary>
internal sealed class Tally
{
    private int _kills;
    private int _restarts;
    private int _redelivered;
    private int _shuffled;
    private int _diskFills;
    private int _spoilt;
    private int _missed;

    /// <summary>kill -9.</summary>
    public int Kills => _kills;

    /// <summary>Orderly ends.</summary>
    public int Restarts => _restarts;

    /// <summary>Messages sent once more after their effect was committed.</summary>
    public int Redelivered => _redelivered;

    /// <summary>Messages made late.</summary>
    public int Shuffled => _shuffled;

    public int DiskFills => _diskFills;

    /// <summary>Times that a way was spoilt: cut, swallowed, slowed, refused.</summary>
    public int Spoilt => _spoilt;

    /// <summary>Faults that could not be done, because what they were to break was broken already.</summary>
    public int Missed => _missed;

    public void Killed() => Interlocked.Increment(ref _kills);

    public void Restarted() => Interlocked.Increment(ref _restarts);

    public void Delivered(int messages) => Interlocked.Add(ref _redelivered, messages);

    public void Made(int late) => Interlocked.Add(ref _shuffled, late);

    public void Filled() => Interlocked.Increment(ref _diskFills);

    public void Spoiled() => Interlocked.Increment(ref _spoilt);

    public void Miss() => Interlocked.Increment(ref _missed);
}

/// <summary>Executes the faults of a plan at their times. At the end no fault is active and all programs run.</summary>
internal sealed class FaultRunner(ChaosTarget ground, Redelivery redelivery, Tally tally, Story story)
{
    /// <summary>
    /// The plan's clock starts when this is called; returns when the last fault is over and all is up again.
    /// </summary>
    public async Task RunAsync(IReadOnlyList<Fault> plan, TimeSpan length, CancellationToken cancel)
    {
        var started = TimeProvider.System.GetTimestamp();
        var under = new List<Task>();
        foreach (var fault in plan)
        {
            await UntilAsync(started, fault.At, cancel);
            story.Say(fault.ToString());
            under.Add(Task.Run(() => DoAsync(fault, cancel), cancel));
            under.RemoveAll(task => task.IsCompletedSuccessfully);
        }

        await UntilAsync(started, length, cancel);
        await Task.WhenAll(under);
        foreach (var way in ground.Ways)
        {
            way.Become(new NetworkCondition.Normal());
        }
    }

    private static async Task UntilAsync(long started, TimeSpan at, CancellationToken cancel)
    {
        var wait = at - TimeProvider.System.GetElapsedTime(started);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, TimeProvider.System, cancel);
        }
    }

    private async Task DoAsync(Fault fault, CancellationToken cancel)
    {
        switch (fault.Kind)
        {
            case FaultKind.Kill:
                Count(await Program(fault).CrashAsync(fault.For, fault.Amount > 0, cancel), tally.Killed);
                break;
            case FaultKind.Restart:
                Count(await Program(fault).RestartAsync(cancel), tally.Restarted);
                break;
            case FaultKind.Cut:
                tally.Spoiled();
                Way(fault).CutAll();
                break;
            case FaultKind.Redeliver or FaultKind.Shuffle:
                await MessagesAsync(fault, cancel);
                break;
            case FaultKind.FillDisk:
                await DiskAsync(fault, cancel);
                break;
            default:
                await SpoilAsync(fault, cancel);
                break;
        }
    }

    private void Count(bool done, Action count)
    {
        if (done)
        {
            count();
        }
        else
        {
            tally.Miss();
        }
    }

    private async Task SpoilAsync(Fault fault, CancellationToken cancel)
    {
        tally.Spoiled();
        Way(fault).Become(fault.Kind switch
        {
            FaultKind.Swallow => new NetworkCondition.Silent(),
            FaultKind.Delay => new NetworkCondition.Slow(TimeSpan.FromMilliseconds(fault.Amount)),
            FaultKind.CutShort => new NetworkCondition.Short(fault.Amount),
            _ => new NetworkCondition.Refusing(),
        });
        await Task.Delay(fault.For, TimeProvider.System, cancel);
        Way(fault).Become(new NetworkCondition.Normal());
    }

    private async Task MessagesAsync(Fault fault, CancellationToken cancel)
    {
        try
        {
            if (fault.Kind == FaultKind.Redeliver)
            {
                tally.Delivered(await redelivery.AgainAsync(fault.On, fault.Amount, cancel));
            }
            else
            {
                tally.Made(await redelivery.ShuffleAsync(fault.On, fault.Amount, cancel));
            }
        }
        catch (DbException)
        {
            // The service's database is unreachable or full now.
            tally.Miss();
        }
    }

    private async Task DiskAsync(Fault fault, CancellationToken cancel)
    {
        tally.Filled();
        try
        {
            await ground.Disk!.FillAsync(cancel);
            await Task.Delay(fault.For, TimeProvider.System, cancel);
        }
        finally
        {
            ground.Disk!.Empty();
        }
    }

    private SupervisedProcess Program(Fault fault) => ground.Programs.Single(program => program.Name == fault.On);

    private TcpProxy Way(Fault fault) => ground.Ways.Single(way => way.Name == fault.On);
}
