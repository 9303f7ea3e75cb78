using System.Security.Claims;
using System.Text;
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
using TwinTrack.Platform.Web;

namespace TwinTrack.Enrolments.Features;

/// <summary>POST /areas: adds or changes areas; the whole file or nothing.</summary>
internal static class ImportAreas
{
    private const string RowsWrong = "areas.rows_wrong";

    internal sealed record Response(int Added, int Changed, int Unchanged);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/areas", AnswerAsync)
        .RequireRole(Role.Admin)
        .WithName(nameof(ImportAreas))
        .WithSummary("Add or change areas from a CSV of pcode,name,parent: all of it or nothing.")
        .TakesUpload("CSV with the columns pcode, name and parent; at most 1 MB.", "text/csv")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        HttpRequest request, ClaimsPrincipal user, Handler handler, CancellationToken cancel)
    {
        // The idempotent transaction has already read the body once.
        request.Body.Position = 0;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        body.Position = 0;
        if (!ReadLines(body).Allows(out var file, out var refusal))
        {
            return refusal.ToProblem();
        }

        var (done, errors) = await handler.HandleAsync(file.Header, file.Lines, user.ToActor(), cancel);
        return done is not null
            ? TypedResults.Ok(done)
            : TypedResults.Problem(
                type: $"urn:twintrack:refusal:{RowsWrong}",
                title: RowsWrong,
                detail: $"{errors.Count} things are wrong in this file, and nothing of it was taken. The first: row "
                    + Invariant($"{errors[0].Row}, {errors[0].Field}: {errors[0].Reason}"),
                statusCode: StatusCodes.Status422UnprocessableEntity,
                extensions: new Dictionary<string, object?> { ["errors"] = errors });
    }

    private static Result<(CsvHeader Header, IReadOnlyList<string> Lines)> ReadLines(Stream body)
    {
        var reader = new LineReader(body, 0);
        CsvHeader? header = null;
        var lines = new List<string>();
        while (true)
        {
            if (!reader.Next().Allows(out var line, out var refusal))
            {
                return refusal;
            }

            if (line is not { } read)
            {
                return header is null || lines.Count == 0 ? EnrolmentRefusals.NoAreas : (header, lines);
            }

            if (header is not null)
            {
                lines.Add(read.Text);
            }
            else if (!CsvHeader.Read(read.Text, Area.Columns).Allows(out header, out refusal))
            {
                return refusal;
            }
        }
    }

    internal sealed class Handler(EnrolmentsDb db, AuditTrail<EnrolmentsDb> audit)
    {
        internal async Task<(Response? Done, IReadOnlyList<RowError> Errors)> HandleAsync(
            CsvHeader header, IReadOnlyList<string> lines, Actor actor, CancellationToken cancel)
        {
            var known = await db.Areas.ToDictionaryAsync(area => area.Pcode, cancel);
            var (areas, errors) = Area.ReadAll(
                header, lines, known.ToDictionary(entry => entry.Key, entry => entry.Value.ToArea()));
            if (errors.Count > 0)
            {
                return (null, errors);
            }

            var (added, changed) = (0, 0);
            foreach (var area in areas)
            {
                if (!known.TryGetValue(area.Pcode, out var row))
                {
                    db.Areas.Add(new AreaRow { Pcode = area.Pcode, Name = area.Name, Parent = area.Parent });
                    added++;
                }
                else if (row.ToArea() != area)
                {
                    (row.Name, row.Parent) = (area.Name, area.Parent);
                    changed++;
                }
            }

            var done = new Response(added, changed, areas.Count - added - changed);
            await audit.RecordAsync(actor, "import-areas", "areas", done, cancel);
            return (done, []);
        }
    }
}
