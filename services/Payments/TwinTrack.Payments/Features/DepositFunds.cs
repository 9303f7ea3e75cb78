using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Funds;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>
/// POST /funds: a source puts money at a programme's disposal. Publishes <see cref="FundMovementRecorded"/>.
/// </summary>
internal static class DepositFunds
{
    private const int CodeMax = 64;

    /// <param name="AmountMinor">Minor units; above zero.</param>
    internal sealed record Request(string Programme, string FundingSource, long AmountMinor, string Currency);

    internal sealed record Response(
        MovementId MovementId, string Programme, string FundingSource, string Currency, long DepositedMinor,
        long CommittedMinor, long AvailableMinor);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/funds", AnswerAsync)
        .RequireRole(Role.Finance)
        .WithName(nameof(DepositFunds))
        .WithSummary("Deposit money for a programme.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        Request request,
        PaymentsDb db,
        FundMovementWriter movements,
        AuditTrail<PaymentsDb> audit,
        ClaimsPrincipal user,
        CancellationToken cancel)
    {
        if (request.Programme.Length is 0 or > CodeMax || request.FundingSource.Length is 0 or > CodeMax)
        {
            return PaymentRefusals.UnreadableFunds.ToProblem();
        }

        if (!Money.Of(request.AmountMinor, request.Currency).Allows(out var money, out var refusal))
        {
            return refusal.ToProblem();
        }

        var fund = await FindOrAddAsync(db, request.Programme, request.FundingSource, money.Currency, cancel);
        if (fund.Currency != money.Currency.Code)
        {
            return PaymentRefusals.OtherCurrency(money.Currency.Code, fund.Currency).ToProblem();
        }

        await db.Funds.Where(row => row.Programme == fund.Programme && row.FundingSource == fund.FundingSource)
            .ExecuteUpdateAsync(
            set => set.SetProperty(row => row.DepositedMinor, row => row.DepositedMinor + money.Minor), cancel);
        await db.Entry(fund).ReloadAsync(cancel);
        var movement = movements.Deposited_NeedsTransaction(fund, money.Minor);
        await audit.RecordAsync(
            user.ToActor(), "deposit-funds", movement.ToString(),
            new { fund.Programme, fund.FundingSource, AmountMinor = money.Minor, fund.Currency }, cancel);
        return TypedResults.Ok(new Response(
            movement,
            fund.Programme,
            fund.FundingSource,
            fund.Currency,
            fund.DepositedMinor,
            fund.CommittedMinor,
            fund.DepositedMinor - fund.CommittedMinor));
    }

    private static async Task<Fund> FindOrAddAsync(
        PaymentsDb db, string programme, string source, Currency currency, CancellationToken cancel)
    {
        if (await db.Funds.FindAsync([programme, source], cancel) is { } known)
        {
            return known;
        }

        var fund = new Fund { Programme = programme, FundingSource = source, Currency = currency.Code };
        db.Funds.Add(fund);
        await db.SaveChangesAsync(cancel);
        return fund;
    }
}
