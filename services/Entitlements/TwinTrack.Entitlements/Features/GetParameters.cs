using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Entitlements.Domain;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Entitlements.Features;

/// <summary>GET /programmes/{code}/parameters/{version}.</summary>
internal static class GetParameters
{
    internal sealed record Response(
        string Programme, int Version, BaseAmount Base, IReadOnlyList<TopUp> TopUps, string MadeBy,
        DateTimeOffset MadeAt);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/programmes/{code}/parameters/{version}", AnswerAsync)
        .WithName(nameof(GetParameters))
        .WithSummary("One version of a programme's amount rule.")
        .RequireRole(EntitlementsReadRoles.Roles);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        string code, int version, EntitlementsDb db, CancellationToken cancel)
    {
        var set = await db.ParameterSets.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Programme == code && row.Version == version, cancel);
        if (set is null)
        {
            return EntitlementsRefusals.ParametersUnknown.ToProblem();
        }

        var parameters = set.Read();
        return TypedResults.Ok(new Response(code, version, parameters.Base, parameters.TopUps, set.MadeBy, set.MadeAt));
    }
}
