using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Persistence;
using static TwinTrack.Services.Tests.Enrolments.EnrolmentsHost;
using static TwinTrack.Services.Tests.Enrolments.RegistryFile;

namespace TwinTrack.Services.Tests.Enrolments;

public sealed class An_import_that_is_interrupted
{
    private const int PointMax = 12;
    private const int Count = 2_300;

    [Fact]
    public async Task Goes_on_after_a_restart_and_registers_each_household_once()
    {
        string data, id;
        await using (var first = await StartAsync())
        {
            data = first.Host.Data;
            id = await first.UploadedAsync(Of(1, 6_000));
            await TestHost.Until(() => CountAsync(first), count => count > 0);
        }

        await using var second = await StartAsync(data);
        var import = await second.EndedAsync(id);

        A_registry_import.Numbers(import, "households", "accepted", "rejected").Should().Equal(6_000, 6_000, 0);
        (await CountAsync(second)).Should().Be(6_000);
    }

    [Fact]
    public async Task At_any_commit_ends_as_if_nothing_had_happened()
    {
        var csv = Of(1, Count) + Household(9_001, phone: "+22790000001") + Household(1);
        for (var point = 1; point <= PointMax; point++)
        {
            string data;
            await using (var prepared = await StartAsync())
            {
                data = prepared.Host.Data;
            }

            var crash = new CrashAt(point);
            await using (var dying = await StartAsync(data, services => services.AddSingleton<IInterceptor>(crash)))
            {
                crash.Arm();
                // The caller may see an error; whoever sees one asks again.
                _ = await dying.UploadAsync(csv);
                await crash.Crossed.Task.WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System);
            }

            await using var again = await StartAsync(data);
            var import = await again.EndedAsync(await again.UploadedAsync(csv));

            A_registry_import.Numbers(import, "accepted", "rejected", "duplicates", "flagged").Should()
                .Equal([Count + 1, 1, 1, 1], Invariant($"after a crash at point {point}"));
            (await CountAsync(again)).Should().Be(Count + 1, Invariant($"after a crash at point {point}"));
            (await again.Host.QueryAsync<EnrolmentsDb, int>(
                db => db.Households.CountAsync(household => household.State == HouseholdState.Staged))).Should().Be(0);
        }
    }

    private static Task<int> CountAsync(EnrolmentsHost host) =>
        host.Host.QueryAsync<EnrolmentsDb, int>(db => db.Households.CountAsync());

    /// <summary>
    /// From the nth commit on nothing works any more: odd points die before it, even ones just after.
    /// </summary>
    private sealed class CrashAt(int point) : DbTransactionInterceptor
    {
        private int _seen;
        private bool _armed;

        public TaskCompletionSource Crossed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Starting the host commits too; a crash there is another test's subject.</summary>
        public void Arm() => _armed = true;

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result,
            CancellationToken cancellationToken = default)
        {
            Cross(before: true);
            return ValueTask.FromResult(result);
        }

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Cross(before: false);
            return Task.CompletedTask;
        }

        private void Cross(bool before)
        {
            if (!_armed)
            {
                return;
            }

            var crossing = before ? (2 * Interlocked.Increment(ref _seen)) - 1 : 2 * Volatile.Read(ref _seen);
            if (crossing >= point)
            {
                Crossed.TrySetResult();
                throw new InvalidOperationException("The process is gone.");
            }
        }
    }
}
