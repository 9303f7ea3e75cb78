using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Messaging;
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
        Outbox<PaymentsDb> outbox,
        AuditTrail<PaymentsDb> audit,
        TimeProvider clock,
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

        var fund = await db.Funds.FindAsync([request.Programme, request.FundingSource], cancel);
        if (fund is null)
        {
            fund = new Fund
            {
                Programme = request.Programme,
                FundingSource = request.FundingSource,
                Currency = money.Currency.Code
            };
            db.Funds.Add(fund);
            await db.SaveChangesAsync(cancel);
        }

        if (fund.Currency != money.Currency.Code)
        {
            return PaymentRefusals.OtherCurrency(money.Currency.Code, fund.Currency).ToProblem();
        }

        var now = clock.GetUtcNow();
        var movement = MovementId.New(clock);
        await db.Funds.Where(row => row.Programme == fund.Programme && row.FundingSource == fund.FundingSource)
            .ExecuteUpdateAsync(
            set => set.SetProperty(row => row.DepositedMinor, row => row.DepositedMinor + money.Minor), cancel);
        await db.Entry(fund).ReloadAsync(cancel);
        db.FundMovements.Add(new FundMovement
        {
            Id = movement,
            Kind = FundMovements.Deposited,
            Programme = fund.Programme,
            FundingSource = fund.FundingSource,
            AmountMinor = money.Minor,
            At = now,
        });
        outbox.Send(
            new FundMovementRecorded(movement.ToString(), FundMovements.Deposited, fund.Programme, fund.FundingSource,
                null, money.Minor,
                fund.Currency, now));
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
}
