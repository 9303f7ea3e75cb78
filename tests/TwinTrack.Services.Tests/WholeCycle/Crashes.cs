using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TwinTrack.Services.Tests.WholeCycle;

/// <summary>
/// Kills a host at its nth commit point. Only commits that wrote something count: odd numbers are just before one, even
/// numbers just after. From then on every database call fails, as for a dead process. The test notices, and starts the
/// next host on the same files.
/// </summary>
internal sealed class Crashes(int point) : DbTransactionInterceptor, IDbCommandInterceptor, IDbConnectionInterceptor
{
    private readonly ConditionalWeakTable<DbTransaction, object> _writing = [];
    private int _crossed;
    private volatile bool _dead;

    /// <summary>Whether the host has died.</summary>
    public bool Dead => _dead;

    /// <summary>Commits crossed so far, before and after counted apart.</summary>
    public int Crossed => Volatile.Read(ref _crossed);

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result,
        CancellationToken cancellationToken = default)
    {
        Cross(transaction);
        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Cross(transaction);
        return Task.CompletedTask;
    }

    public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result,
        CancellationToken cancellationToken = default) => Alive(command, result);

    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default) => Alive(command, result);

    public ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result,
        CancellationToken cancellationToken = default) => Alive(result);

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result,
        CancellationToken cancellationToken = default) => Alive(result);

    private void Cross(DbTransaction transaction)
    {
        if (!_writing.TryGetValue(transaction, out _))
        {
            return;
        }

        if (Interlocked.Increment(ref _crossed) >= point)
        {
            _dead = true;
            throw Death();
        }
    }

    private ValueTask<T> Alive<T>(DbCommand command, T result)
    {
        if (command.Transaction is not null
            && !command.CommandText.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase))
        {
            _writing.AddOrUpdate(command.Transaction, this);
        }

        return Alive(result);
    }

    private ValueTask<T> Alive<T>(T result) => _dead ? throw Death() : ValueTask.FromResult(result);

    private static IOException Death() => new("The process is dead.");
}
