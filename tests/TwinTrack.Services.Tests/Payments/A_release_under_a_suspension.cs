using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Consumers;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Services.Tests.Payments;

public sealed class A_release_under_a_suspension
{
    private const int Count = 4;
    private static readonly DateTimeOffset At = TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData(1, PaymentsHost.Programme, "NE001", Count)]
    [InlineData(1, PaymentsHost.Programme, "", Count)]
    [InlineData(1, PaymentsHost.Programme, "NE009", 0)]
    [InlineData(2, PaymentsHost.Programme, "", 0)]
    [InlineData(1, "other", "", 0)]
    public async Task Says_how_many_payments_wait_and_for_which(int track, string programme, string area, int waits)
    {
        await using var payments = await PaymentsHost.StartAsync();
        var id = SuspensionId.New(TimeProvider.System);
        await TellAsync(payments, id, track, programme, area, ended: null);

        var warnings = await ReleaseAsync(payments);

        warnings.Should().HaveCount(waits > 0 ? 1 : 0);
        warnings.Where(text => text.Contains(id.ToString(), StringComparison.Ordinal)
            && text.Contains(Invariant($" {waits} payments"), StringComparison.Ordinal)).Should().Equal(warnings);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Says_nothing_of_one_that_has_ended_in_whichever_order_that_was_told(bool endFirst)
    {
        await using var payments = await PaymentsHost.StartAsync();
        var id = SuspensionId.New(TimeProvider.System);
        foreach (var ended in endFirst ? new DateTimeOffset?[] { At, null, At } : [null, At, null])
        {
            await TellAsync(payments, id, 1, PaymentsHost.Programme, "", ended);
        }

        (await ReleaseAsync(payments)).Should().BeEmpty();
    }

    private static Task TellAsync(PaymentsHost payments, SuspensionId id, int track, string programme, string area,
        DateTimeOffset? ended) =>
        payments.Host.HandleAsync<PaymentsDb, SuspensionChanged, SuspensionChangedHandler>(new SuspensionChanged(
            id.ToString(), track, programme, area.Length == 0 ? [] : [area], ended));

    private static async Task<List<string>> ReleaseAsync(PaymentsHost payments)
    {
        var (batch, hash, _) = await payments.PlannedAsync(Count);
        await payments.FundAsync(Count * PaymentsHost.AmountMinor);
        foreach (var approver in new[] { "idrissa", "mariama" })
        {
            await PaymentsHost.PostAsync(
                payments.Approver(approver), $"/payments/batches/{batch}/approvals", new { contentHash = hash });
        }

        var released = await PaymentsHost.PostAsync(
            payments.Finance, $"/payments/batches/{batch}/release", new { contentHash = hash });
        return [.. released.GetProperty("warnings").EnumerateArray().Select(text => text.GetString()!)];
    }
}
