using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Storage;
using TwinTrack.Services.Tests.Payments;

namespace TwinTrack.Services.Tests.Postgres;

/// <summary>Two transactions at once, which only PostgreSQL has.</summary>
[Collection(PostgresTests.Name)]
public sealed class A_move_that_starts_during_a_report(PostgresServer postgres)
{
    [Fact]
    public async Task Has_what_the_report_frees_planned()
    {
        var database = await postgres.NewDatabaseAsync("starting");
        await using var payments = await PaymentsHost.StartAsync("--ConnectionStrings:payments", database);
        var (batch, orders) = await payments.ReleasedAsync(1);
        Task report = Task.CompletedTask;

        // The start of the move, as StartMoveJob makes it: nobody else sees it before it is committed.
        await payments.Host.QueryAsync<PaymentsDb, bool>(async db =>
        {
            await db.InTransactionAsync(async () =>
            {
                await db.LockAsync("audit", CancellationToken.None);
                db.Moves.Add(new Move
                {
                    Id = payments.Switch,
                    CycleId = payments.Cycle,
                    Programme = PaymentsHost.Programme,
                    Areas = "[]",
                    Channels = $"[\"{PaymentsHost.Track1}\"]",
                    ListHash = "",
                    Decision = "",
                    State = MoveState.Active,
                    StartedAt = TimeProvider.System.GetUtcNow(),
                });
                report = payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);
                await TestHost.Until(() => WaitingAsync(database), waiting => waiting > 0);
            }, CancellationToken.None);
            return true;
        });
        await report;

        (await payments.Host.QueryAsync<PaymentsDb, bool>(db => db.Jobs.AnyAsync(
            job => job.Kind == PlanFurtherAttemptsJob.Kind && job.Subject == batch))).Should().BeTrue();
    }

    private static async Task<long> WaitingAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select count(*) from pg_locks where locktype = 'advisory' and not granted "
                + "and database = (select oid from pg_database where datname = current_database()) "
                + "and (classid::bigint << 32) | objid::bigint = hashtextextended(current_schema() || '.audit', 0)",
            connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
