using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Features.Partner;

/// <summary>
/// GET /providers/partner/{channel}/tranches/{reference}/{part}: <c>list</c>, <c>control</c> or <c>signature</c>, byte
/// for byte as in a file transfer, with its digest (RFC 9530). A list is given only while the agreement covers all its
/// areas. Each download is recorded by area.
/// </summary>
internal static class GetTranche
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/partner/{channel}/tranches/{reference}/{part}", AnswerAsync)
        .RequireRole(Role.Partner)
        .WithName(nameof(GetTranche))
        .WithSummary("A list, its control file or its signature.")
        .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> AnswerAsync(
        string channel, string reference, string part, ClaimsPrincipal user, PartnerAuthorization authorization,
        Handler handler,
        HttpResponse response, CancellationToken cancel)
    {
        if (!(await authorization.OpenAsync(channel, user, cancel)).Allows(out var partner, out var refusal))
        {
            return refusal.ToProblem();
        }

        if (!Enum.TryParse<TranchePart>(part, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
        {
            return PartnerRefusals.PartUnknown.ToProblem();
        }

        if (!(await handler.HandleAsync(partner, reference, wanted, user.ToActor(), cancel)).Allows(
            out var file, out var barred))
        {
            return barred.ToProblem();
        }

        response.Headers["Content-Digest"] = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(file.Content))}:";
        return TypedResults.Bytes(file.Content, "application/octet-stream", file.Name);
    }

    internal sealed class Handler(ProvidersDb db, AuditTrail<ProvidersDb> audit, TimeProvider clock)
    {
        public async Task<Result<(string Name, byte[] Content)>> HandleAsync(
            PartnerAuthorization.PartnerChannel partner, string reference, TranchePart part, Actor actor,
            CancellationToken cancel)
        {
            if (partner.Exchange.Find(partner.Connection, reference) is not { } tranche)
            {
                return PartnerRefusals.TrancheUnknown;
            }

            var areas = await AreasAsync(partner.ChannelConnection.Channel, tranche.Unit, cancel);
            if (part == TranchePart.List
                && partner.Exchange.Bars(partner.Connection, areas.Keys,
                    DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)) is { } barred)
            {
                return barred;
            }

            if (await partner.Exchange.OpenAsync(partner.Connection, tranche, part, cancel) is not { } content)
            {
                return PartnerRefusals.TrancheUnknown;
            }

            if (part == TranchePart.List)
            {
                await RecordAsync(partner, tranche, areas, actor, cancel);
            }

            return (part == TranchePart.List ? tranche.File : $"{reference}.{part.ToString().ToLowerInvariant()}",
                content);
        }

        /// <summary>
        /// Written before the list is given. The areas are those of the unit, because a stop list names some of its
        /// payments.
        /// </summary>
        private Task RecordAsync(
            PartnerAuthorization.PartnerChannel partner, Tranche tranche, Dictionary<string, int> areas,
            Actor actor, CancellationToken cancel) => db.InTransactionAsync(
            () => audit.RecordAsync(actor, "disclose-tranche", tranche.Reference, new
            {
                channel = partner.ChannelConnection.Channel,
                agreement = partner.Exchange.AgreementOf(partner.Connection),
                sha256 = tranche.Sha256,
                rows = tranche.Rows,
                areas,
            }, cancel),
            cancel);

        /// <summary>
        /// Counts the orders that the list holds. Orders that were left out for their area are not disclosed.
        /// </summary>
        private Task<Dictionary<string, int>> AreasAsync(string channel, string unit, CancellationToken cancel) =>
            db.PaymentOrders.AsNoTracking()
            .Where(row => row.UnitReference == unit && row.Channel == channel
                && (row.State != PaymentOrderState.Rejected || row.Code == null
                    || !row.Code.StartsWith(UnsentCode.Prefix)))
            .GroupBy(row => row.Area).Select(group => new { Area = group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Area, row => row.Count, cancel);
    }
}
