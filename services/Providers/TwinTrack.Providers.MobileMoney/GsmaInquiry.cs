using System.Text.Json;
using TwinTrack.Providers.Domain;
using static TwinTrack.Providers.MobileMoney.MobileMoneyStatusMap;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>Asks the operator what became of a request, starting from nothing but our own correlation id.</summary>
internal sealed class GsmaInquiry(GsmaClient client)
{
    private const int PageSize = 500;

    /// <summary>Pages of one list; operators may serve as few as 50 rows a page.</summary>
    private const int PagesMax = 100;

    /// <summary>
    /// What became of a batch, row by row. An order in neither list has no word: it stays what it was.
    /// </summary>
    public async Task<Reading> OfBatchAsync(Unit unit, CancellationToken cancel)
    {
        var (resource, verdict) = await FindAsync(CorrelationId.Of(unit.Reference), "batchtransactions", cancel);
        if (resource is null)
        {
            return Reading.OfUnit(unit.Reference, verdict);
        }

        var batch = await client.GetAsync(resource.Path, cancel);
        if (!batch.IsGood)
        {
            return Reading.OfUnit(unit.Reference, batch.Unknown, resource.Id);
        }

        var status = batch["batchStatus"];
        var done = string.Equals(status, "completed", StringComparison.OrdinalIgnoreCase);
        UnitAnswer[] said =
            done ? [] : [new UnitAnswer(unit.Reference, MobileMoneyStatusMap.Read(Batch, status), resource.Id)];
        return new Reading(said, await LinesAsync(resource, unit, cancel));
    }

    /// <summary>What became of one order that was sent on its own.</summary>
    public async Task<Answer> OfOrderAsync(PaymentOrder order, CancellationToken cancel)
    {
        var (resource, verdict) = await FindAsync(CorrelationId.Of(order.Reference), "transactions", cancel);
        if (resource is null)
        {
            return new Answer(order.Reference, verdict);
        }

        var transaction = await client.GetAsync(resource.Path, cancel);
        return new Answer(
            order.Reference,
            transaction.IsGood ? MobileMoneyStatusMap.Read(Transaction, transaction["transactionStatus"])
                : transaction.Unknown,
            resource.Id);
    }

    /// <summary>The batch and what the operator says of it; null while it is not parsed.</summary>
    public async Task<(Resource? Batch, OperatorAnswer Said)> BatchAsync(Unit unit, CancellationToken cancel)
    {
        var (resource, _) = await FindAsync(CorrelationId.Of(unit.Reference), "batchtransactions", cancel);
        var said = resource is null ? OperatorAnswer.Nothing("NOT_PARSED")
            : await client.GetAsync(resource.Path, cancel);
        return (said.IsGood ? resource : null, said);
    }

    /// <summary>What became of a reversal. That the request for it failed says only that the payment stands.</summary>
    public async Task<Answer> OfReversalAsync(PaymentOrder order, string correlationId, CancellationToken cancel)
    {
        var (resource, verdict) = await FindAsync(correlationId, "transactions", cancel);
        if (resource is null)
        {
            return new Answer(order.Reference,
                verdict.Outcome == Outcome.Rejected
                    ? MobileMoneyStatusMap.Read(Reversal, "failed") : Verdict.Unknown(verdict.Code));
        }

        var said = await client.GetAsync(resource.Path, cancel);
        return new Answer(
            order.Reference, said.IsGood ? MobileMoneyStatusMap.Read(Reversal, said["transactionStatus"])
                : said.Unknown, resource.Id);
    }

    /// <summary>
    /// A request's state as a verdict; the reason, where it failed, stands in <c>error</c> (schema) or
    /// <c>errorReference</c> (prose).
    /// </summary>
    public static Verdict OfState(OperatorAnswer state) => MobileMoneyStatusMap.Read(
        Request, state["status"], state.Body.At("error", "errorReference") is { } error
            ? error.TextAt("errorCode") : null);

    /// <summary>
    /// From our correlation id to what the request made, or else to what is known of the request. Not found is not
    /// known.
    /// </summary>
    private async Task<(Resource? Resource, Verdict Verdict)> FindAsync(
        string correlationId, string kind, CancellationToken cancel)
    {
        var response = await client.GetAsync($"/responses/{correlationId}", cancel);
        if (!response.IsGood)
        {
            return (null, response.Unknown);
        }

        var linked = Resource.OfLink(response["link"]);
        if (linked?.Kind != "requeststates")
        {
            return (linked?.Kind == kind ? linked : null, Verdict.Unknown("LINK"));
        }

        var state = await client.GetAsync(linked.Path, cancel);
        if (!state.IsGood)
        {
            return (null, state.Unknown);
        }

        var completed = string.Equals(state["status"], "completed", StringComparison.OrdinalIgnoreCase);
        return (completed ? Resource.Of(kind, state["objectReference"]) : null, OfState(state));
    }

    private async Task<IReadOnlyList<Answer>> LinesAsync(Resource batch, Unit unit, CancellationToken cancel)
    {
        var ours =
            unit.Orders.ToDictionary(order => order.Reference, order => order.Reference,
                StringComparer.OrdinalIgnoreCase);
        var (completions, whole) = await RowsAsync($"{batch.Path}/completions", cancel);
        // Completions first, and rejections only beside all of them: should a row stand in both, that it was paid must
        // be heard before it is called unpaid.
        var rejections = whole ? (await RowsAsync($"{batch.Path}/rejections", cancel)).Rows : [];
        return
        [
            .. Answers(completions, ours, _ => MobileMoneyStatusMap.Read(Completions, Listed)),
            .. Answers(
                rejections, ours,
                row => MobileMoneyStatusMap.Read(Rejections, Listed, row.TextAt("rejectionReason") ?? "REJECTED")),
        ];
    }

    private static IEnumerable<Answer> Answers(
        List<JsonElement> rows, Dictionary<string, string> ours, Func<JsonElement, Verdict> verdict) =>
        from row in rows
        let reference = row.TextAt("requestingOrganisationTransactionReference")
        where reference is not null && ours.ContainsKey(reference)
        select new Answer(ours[reference], verdict(row), row.TextAt("transactionReference"));

    /// <summary>All rows of a list, and whether they are all of them.</summary>
    private async Task<(List<JsonElement> Rows, bool Whole)> RowsAsync(string path, CancellationToken cancel)
    {
        var rows = new List<JsonElement>();
        var before = "";
        for (var page = 1; page <= PagesMax; page++)
        {
            var said = await client.GetAsync($"{path}?limit={PageSize}&offset={rows.Count}", cancel);
            if (!said.IsGood || said.Body.ValueKind != JsonValueKind.Array)
            {
                return (rows, false);
            }

            // One that knows nothing of offsets serves its only page again; it is the whole list if there was room for
            // more.
            var text = said.Body.GetRawText();
            if (said.Available is null && text == before)
            {
                return (rows, said.Body.GetArrayLength() < PageSize);
            }

            // The operator may serve fewer than asked for; only its count, or an empty page, is the end.
            before = text;
            rows.AddRange(said.Body.EnumerateArray());
            if (said.Body.GetArrayLength() == 0 || rows.Count >= said.Available)
            {
                return (rows, said.Available is not { } all || rows.Count >= all);
            }
        }

        return (rows, false);
    }
}
