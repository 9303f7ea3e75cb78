using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Entitlements.Features;

/// <summary>GET /programmes and GET /programmes/{code}.</summary>
internal static class GetProgramme
{
    /// <summary>A country has tens of programmes.</summary>
    private const int ProgrammesMax = 1_000;

    /// <param name="ParameterVersion">The latest; null when there are no parameters yet.</param>
    internal sealed record Response(string Code, string Name, string Currency, int? ParameterVersion);

    internal sealed record Page(IReadOnlyList<Response> Items, string? Next);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/programmes", ListAsync)
            .WithName("ListProgrammes").WithSummary("All programmes.").RequireRole(EntitlementsReadRoles.Roles);
        routes.MapGet("/programmes/{code}", AnswerAsync)
            .WithName(nameof(GetProgramme)).WithSummary("One programme.").RequireRole(EntitlementsReadRoles.Roles);
    }

    private static async Task<Ok<Page>> ListAsync(EntitlementsDb db, CancellationToken cancel) => TypedResults.Ok(
        new Page(
            await Read(db, db.Programmes.OrderBy(programme => programme.Code).Take(ProgrammesMax)).ToListAsync(cancel),
            null));

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        string code, EntitlementsDb db, CancellationToken cancel) =>
        await Read(db, db.Programmes.Where(programme => programme.Code == code)).SingleOrDefaultAsync(cancel)
            is { } found
            ? TypedResults.Ok(found)
            : EntitlementsRefusals.ProgrammeUnknown.ToProblem();

    /// <summary>The last step of a query. Steps after it cannot be translated into SQL.</summary>
    private static IQueryable<Response> Read(EntitlementsDb db, IQueryable<Programme> programmes) =>
        programmes.AsNoTracking().Select(programme => new Response(
            programme.Code,
            programme.Name,
            programme.Currency,
            db.ParameterSets.Where(set => set.Programme == programme.Code).Max(set => (int?)set.Version)));
}
