using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Entitlements.Domain;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Entitlements.Features;

/// <summary>PUT /programmes/{code}: make a programme known, or correct its name.</summary>
internal static class DefineProgramme
{
    private const int NameMax = 200;

    internal sealed record Request(string? Name, string? Currency);

    internal sealed record Response(string Code, string Name, string Currency);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/programmes/{code}", AnswerAsync)
        .WithName(nameof(DefineProgramme))
        .WithSummary("Define a programme, or correct its name.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .RequireRole(Role.Admin);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        string code, Request request, ClaimsPrincipal user, Handler handler, CancellationToken cancel)
    {
        var result = await handler.HandleAsync(code, request, user.ToActor(), cancel);
        return result.Match<Results<Ok<Response>, ProblemHttpResult>>(
            done => TypedResults.Ok(done), refusal => refusal.ToProblem());
    }

    internal sealed class Handler(EntitlementsDb db, AuditTrail<EntitlementsDb> audit)
    {
        public async Task<Result<Response>> HandleAsync(
            string code, Request request, Actor actor, CancellationToken cancel)
        {
            var checkedCode = ProgrammeCode.Of(code).Then(_ => Currency.Of(request.Currency));
            if (!checkedCode.Allows(out var currency, out var refusal))
            {
                return refusal;
            }

            if (!FreeText.IsGiven(request.Name, NameMax))
            {
                return EntitlementsRefusals.ProgrammeNoName;
            }

            var programme = await db.Programmes.FindAsync([code], cancel);
            if (programme is null)
            {
                db.Programmes.Add(new Programme { Code = code, Name = request.Name, Currency = currency.Code });
            }
            else if (programme.Currency != currency.Code
                && await db.ParameterSets.AnyAsync(set => set.Programme == code, cancel))
            {
                return EntitlementsRefusals.CurrencyFixed;
            }
            else
            {
                (programme.Name, programme.Currency) = (request.Name, currency.Code);
            }

            await audit.RecordAsync(
                actor, "define-programme", code, new { name = request.Name, currency = currency.Code }, cancel);
            return new Response(code, request.Name, currency.Code);
        }
    }
}
