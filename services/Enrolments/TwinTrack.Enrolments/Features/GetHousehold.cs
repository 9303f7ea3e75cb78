using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Jobs;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Enrolments.Features;

/// <summary>
/// GET /households/{id}: one household, masked; by our id or by the registry's, which may hold slashes.
/// </summary>
internal static class GetHousehold
{
    /// <param name="RegistryId">The registry's own id.</param>
    /// <param name="RecordAgeDays">Days since the registry visited the household.</param>
    internal sealed record Response(
        HouseholdId Id,
        string RegistryId,
        string Area,
        string? AreaName,
        decimal PovertyScore,
        DateOnly RegisteredOn,
        int RecordAgeDays,
        HouseholdState State,
        IReadOnlyList<MemberView> Members,
        InstrumentView Instrument,
        IReadOnlyList<ProgrammeView> Programmes,
        IReadOnlyList<DuplicateId> Duplicates);

    /// <param name="Member">1 is the head and recipient.</param>
    internal sealed record MemberView(int Member, string Initials, Sex Sex, int BirthYear);

    /// <param name="Account">The last two characters; empty for cash.</param>
    internal sealed record InstrumentView(string Kind, string Account, string? BankBic);

    internal sealed record ProgrammeView(string Programme, EnrolmentState State, DateTimeOffset Since);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/households/{*id}", AnswerAsync)
        .RequireRole(Role.Registrar, Role.Grievance, Role.Admin, Role.Auditor)
        .WithName(nameof(GetHousehold))
        .WithSummary("One household, masked, with its programmes and the age of its record.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        string id, Handler handler, CancellationToken cancel)
    {
        var result = await handler.HandleAsync(Uri.UnescapeDataString(id), cancel);
        return result.Match<Results<Ok<Response>, ProblemHttpResult>>(
            done => TypedResults.Ok(done), refusal => refusal.ToProblem());
    }

    internal sealed class Handler(EnrolmentsDb db, HouseholdSealing sealing, TimeProvider clock)
    {
        internal async Task<Result<Response>> HandleAsync(string id, CancellationToken cancel)
        {
            var households = db.Households.AsNoTracking().Where(household => household.State != HouseholdState.Staged);
            var household = TypedId.TryParse<HouseholdId>(id, out var ours)
                ? await households.SingleOrDefaultAsync(household => household.Id == ours, cancel)
                : await households.SingleOrDefaultAsync(household => household.RegistryId == id, cancel);
            return household is null ? EnrolmentRefusals.HouseholdUnknown : await DescribeAsync(household, cancel);
        }

        private async Task<Response> DescribeAsync(Household household, CancellationToken cancel)
        {
            var number = household.Number;
            var instrument = await db.Instruments.AsNoTracking()
                .SingleAsync(instrument => instrument.HouseholdNumber == number, cancel);
            var members = await db.Members.AsNoTracking().Where(member => member.HouseholdNumber == number)
                .OrderBy(member => member.Position).ToListAsync(cancel);
            var payee = sealing.Open(instrument.PayeeSealed);
            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            return new Response(
                household.Id,
                household.RegistryId,
                household.Area,
                await db.Areas.Where(area => area.Pcode == household.Area).Select(area => area.Name)
                    .SingleOrDefaultAsync(cancel),
                PovertyScore.OfHundredths(household.PovertyScoreHundredths).Value,
                household.RegisteredOn,
                today.DayNumber - household.RegisteredOn.DayNumber,
                household.State,
                members.ConvertAll(member => new MemberView(
                    member.Position, Mask.Initials(sealing.OpenName(member.NameSealed)), member.Sex,
                    member.BirthDate.Year)),
                new InstrumentView(instrument.Kind, Mask.Account(payee.Account), payee.BankBic),
                await db.Enrolments.AsNoTracking().Where(enrolment => enrolment.HouseholdNumber == number)
                    .OrderBy(enrolment => enrolment.Programme)
                    .Select(enrolment => new ProgrammeView(enrolment.Programme, enrolment.State, enrolment.ChangedAt))
                    .ToListAsync(cancel),
                await db.Duplicates.AsNoTracking()
                    .Where(duplicate => duplicate.HouseholdNumber == number || duplicate.OtherNumber == number)
                    .OrderBy(duplicate => duplicate.Number).Select(duplicate => duplicate.Id).ToListAsync(cancel));
        }
    }
}
