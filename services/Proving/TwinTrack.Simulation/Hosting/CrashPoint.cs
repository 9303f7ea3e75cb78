using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TwinTrack.Simulation.Hosting;

/// <summary>The process dies here and does nothing more.</summary>
internal sealed class SimulatedCrash : Exception
{
    public SimulatedCrash()
        : base("The process has died.")
    {
    }
}

/// <summary>
/// Kills a process at a chosen point of the current step. Points are before or after a commit, a statement outside a
/// transaction, or a provider's call. After that every database call fails, as for a dead process. This ends with the
/// step, when the next process starts.
/// </summary>
internal sealed class CrashPoint : DbTransactionInterceptor, IDbCommandInterceptor
{
    private int _left = int.MaxValue;

    public bool Dead { get; private set; }

    /// <summary>Called before each commit, while its rows are written and not yet kept.</summary>
    public Action<DbTransaction>? BeforeCommit { get; set; }

    /// <param name="crossings">At which crossing to die, from 1; none if the step has fewer.</param>
    public void Arm(int crossings) => (_left, Dead) = (crossings, false);

    public void Disarm() => (_left, Dead) = (int.MaxValue, false);

    public void Cross()
    {
        if (Dead || --_left == 0)
        {
            Dead = true;
            throw new SimulatedCrash();
        }
    }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result,
        CancellationToken cancellationToken = default)
    {
        BeforeCommit?.Invoke(transaction);
        Cross();
        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Cross();
        return Task.CompletedTask;
    }

    public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        Alive();
        if (command.Transaction is null)
        {
            Cross();
        }

        return ValueTask.FromResult(result);
    }

    public ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result,
        CancellationToken cancellationToken = default)
    {
        if (command.Transaction is null)
        {
            Cross();
        }

        return ValueTask.FromResult(result);
    }

    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Alive();
        return ValueTask.FromResult(result);
    }

    private void Alive()
    {
        if (Dead)
        {
            throw new SimulatedCrash();
        }
    }
}
