using Microsoft.EntityFrameworkCore;

namespace TwinTrack.Payments.Persistence;

/// <summary>
/// Charges a fund and gives back to it, each in one guarded statement. A balance never falls below zero.
/// </summary>
internal static class FundCharges
{
    /// <returns>False when the source lacks the funds. Then nothing is charged.</returns>
    public static async Task<bool> ChargeAsync(
        this PaymentsDb db, string programme, string source, string currency, long amountMinor,
        CancellationToken cancel) =>
        await db.Funds
            .Where(fund => fund.Programme == programme && fund.FundingSource == source && fund.Currency == currency
                && fund.DepositedMinor - fund.CommittedMinor >= amountMinor)
            .ExecuteUpdateAsync(
            set => set.SetProperty(fund => fund.CommittedMinor, fund => fund.CommittedMinor + amountMinor), cancel)
            == 1;

    public static Task<int> ReleaseAsync(this PaymentsDb db, string programme, string source, long amountMinor,
        CancellationToken cancel) => db.Funds
        .Where(fund => fund.Programme == programme && fund.FundingSource == source)
        .ExecuteUpdateAsync(
        set => set.SetProperty(fund => fund.CommittedMinor, fund => fund.CommittedMinor - amountMinor), cancel);
}
