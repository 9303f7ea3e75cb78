using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;
using TwinTrack.Services.Tests.Payments;

namespace TwinTrack.Services.Tests.Postgres;

/// <summary>
/// A follow-up takes an obligation while a switch plans it again. One lock orders them. Each side reads again under it.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class A_follow_up_during_planning(PostgresServer postgres)
{
    [Fact]
    public async Task Keeps_what_it_took_before_the_switch_planned()
    {
        await using var race = await Race.StartAsync(postgres, "taken_first");

        await race.TakeDuringMoveAsync();

        (await race.PlansAsync()).Should().BeEmpty("the switch found it, but it has left before it was planned");
        (await race.BatchOfObligationAsync()).Should().Be(race.Second);
    }

    [Fact]
    public async Task Takes_nothing_that_the_switch_has_planned_before()
    {
        await using var race = await Race.StartAsync(postgres, "planned_first");

        await race.RunAsync(race.MoveAsync, race.FollowUpAsync);

        (await race.PlansAsync()).Should().Equal(race.First);
    }

    private sealed class Race(PaymentsHost payments, string database, string first) : IAsyncDisposable
    {
        public string First => first;

        public string Second { get; } = BatchId.New(TimeProvider.System).ToString();

        public static async Task<Race> StartAsync(PostgresServer postgres, string name)
        {
            var database = await postgres.NewDatabaseAsync(name);
            var payments = await PaymentsHost.StartAsync("--ConnectionStrings:payments", database);
            var (first, orders) = await payments.ReleasedAsync(1);
            await payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);
            return new Race(payments, database, first);
        }

        /// <summary>Both have read, and wait for the lock in this order, before either of them writes.</summary>
        public async Task RunAsync(Func<Task> one, Func<Task> other)
        {
            await payments.Host.QueryAsync<PaymentsDb, bool>(async db =>
            {
                await db.InTransactionAsync(async () =>
                {
                    var batch = TypedId.Parse<BatchId>(first);
                    await db.LockAsync(PlanFurtherAttemptsJob.LockNameOf(batch), CancellationToken.None);
                    await one();
                    await TestHost.Until(WaitingAsync, waiting => waiting >= 1);
                    await other();
                    await TestHost.Until(WaitingAsync, waiting => waiting >= 2);
                }, CancellationToken.None);
                return true;
            });
            await TestHost.Until(
                () => payments.Host.SentAsync<PaymentsDb, RouteInstructions>(), asked => asked.Count >= 2);
            await TestHost.Until(
                () => payments.Host.QueryAsync<PaymentsDb, bool>(db => db.Jobs.AnyAsync(
                    job => job.Kind == PlanBatchJob.Kind && job.Subject == Second && job.Cursor == "routing")),
                done => done);
        }

        /// <summary>
        /// The follow-up has taken the obligation and is not committed. The switch waits for the lock.
        /// </summary>
        public async Task TakeDuringMoveAsync()
        {
            await using var scope = payments.Host.App.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PaymentsDb>();
            var builder = scope.ServiceProvider.GetRequiredService<BatchBuilder>();
            var batch = FollowUp();
            await db.InTransactionAsync(async () =>
            {
                db.Batches.Add(batch);
                (await builder.TakeAsync_NeedsTransaction(batch, default, 500, CancellationToken.None)).Lines.Should()
                    .HaveCount(1);
                await MoveAsync();
                await TestHost.Until(WaitingAsync, waiting => waiting >= 1);
            }, CancellationToken.None);
            await TestHost.Until(
                () => payments.Host.QueryAsync<PaymentsDb, bool>(job => job.Jobs.AnyAsync(
                    one => one.Kind == PlanFurtherAttemptsJob.Kind && one.Subject == first
                        && one.State != JobState.Running)),
                done => done);
        }

        public Task<string> BatchOfObligationAsync() => payments.Host.QueryAsync<PaymentsDb, string>(
            async db => (await db.Obligations.Select(row => row.BatchId).SingleAsync())!.Value.ToString());

        public Task FollowUpAsync() => payments.Host.QueryAsync<PaymentsDb, bool>(async db =>
        {
            await db.InTransactionAsync(async () =>
            {
                db.Batches.Add(FollowUp());
                await db.StartJobAsync(
                    PlanBatchJob.Kind, Second, TimeProvider.System.GetUtcNow(), CancellationToken.None);
            }, CancellationToken.None);
            return true;
        });

        private Batch FollowUp() => new()
        {
            Id = TypedId.Parse<BatchId>(Second),
            CycleId = payments.Cycle,
            Programme = PaymentsHost.Programme,
            Currency = "XOF",
            CreatedBy = "amina@government",
            CreatedAt = TimeProvider.System.GetUtcNow(),
            FollowsUp = TypedId.Parse<BatchId>(first),
        };

        public async Task MoveAsync() => await payments.MoveAsync((await payments.CountAsync(1)).ListHash);

        /// <summary>The batches of the second attempts: one, whoever was first.</summary>
        public Task<List<string>> PlansAsync() => payments.Host.QueryAsync<PaymentsDb, List<string>>(async db =>
            (await db.Instructions.Where(one => one.Generation > 1).Select(one => one.BatchId).ToListAsync())
                .ConvertAll(batch => batch.ToString()));

        public ValueTask DisposeAsync() => payments.DisposeAsync();

        private async Task<long> WaitingAsync()
        {
            await using var connection = new NpgsqlConnection(database + ";Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(
                "select count(*) from pg_locks where locktype = 'advisory' and not granted "
                    + "and database = (select oid from pg_database where datname = current_database()) "
                    + "and (classid::bigint << 32) | objid::bigint = "
                    + "hashtextextended(current_schema() || '.' || $1, 0)",
                connection);
            command.Parameters.AddWithValue(PlanFurtherAttemptsJob.LockNameOf(TypedId.Parse<BatchId>(first)));
            return (long)(await command.ExecuteScalarAsync())!;
        }
    }
}
