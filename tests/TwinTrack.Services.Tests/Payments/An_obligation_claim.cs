using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Kernel;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Services.Tests.Payments;

public sealed class An_obligation_claim
{
    [Fact]
    public async Task Is_won_by_exactly_one_of_two_connections_that_try_at_once()
    {
        await using var payments = await PaymentsHost.StartAsync();
        for (var round = 0; round < 20; round++)
        {
            var obligation = ObligationId.New(TimeProvider.System);
            using var start = new Barrier(2);

            var won = await Task.WhenAll(TryAsync(payments, obligation, start), TryAsync(payments, obligation, start));

            won.Count(one => one).Should().Be(1);
            (await payments.Host.QueryAsync<PaymentsDb, int>(
                db => db.Claims.CountAsync(claim => claim.ObligationId == obligation))).Should().Be(1);
        }
    }

    [Fact]
    public async Task That_is_taken_is_never_forced_by_a_release()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (batch, hash, rows) = await payments.PlannedAsync(3);
        var taken = new ObligationId(TypedId.Parse<EntitlementId>(rows[1].EntitlementId).Value);
        await payments.Host.QueryAsync<PaymentsDb, bool>(db => InsertAsync(db, taken));
        await payments.FundAsync(3 * PaymentsHost.AmountMinor);
        await PaymentsHost.PostAsync(payments.Approver("idrissa"), $"/payments/batches/{batch}/approvals",
            new { contentHash = hash });
        await PaymentsHost.PostAsync(payments.Approver("mariama"), $"/payments/batches/{batch}/approvals",
            new { contentHash = hash });

        await PaymentsHost.PostAsync(payments.Finance, $"/payments/batches/{batch}/release",
            new { contentHash = hash });

        (await payments.OrdersAsync(PaymentsHost.Track1, 2)).Select(order => order.ObligationId).Should()
            .HaveCount(2).And.NotContain(taken.ToString());
    }

    private static Task<bool> TryAsync(PaymentsHost payments, ObligationId obligation, Barrier start) =>
        Task.Run(async () =>
    {
        await using var scope = payments.Host.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PaymentsDb>();
        await db.Database.OpenConnectionAsync();
        start.SignalAndWait();
        return await InsertAsync(db, obligation);
    });

    private static async Task<bool> InsertAsync(PaymentsDb db, ObligationId obligation)
    {
        var claim =
            new ObligationClaim
            {
                ObligationId = obligation,
                InstructionId = InstructionId.New(TimeProvider.System),
                Generation = 1,
                Epoch = 1
            };
        try
        {
            await db.InTransactionAsync(() => db.BulkInsertAsync([claim], CancellationToken.None),
                CancellationToken.None);
            return true;
        }
        catch (SqliteException fault) when (fault.SqliteExtendedErrorCode == 1555)
        {
            // SQLITE_CONSTRAINT_PRIMARYKEY: the key itself said no.
            return false;
        }
    }
}
