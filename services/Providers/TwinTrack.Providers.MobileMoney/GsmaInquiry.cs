using System.Text.Json;
using TwinTrack.Providers.Domain;
using static TwinTrack.Providers.MobileMoney.MobileMoneyStatusMap;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>Asks the operator for the state of a request, by our correlation id alone.</summary>
internal sealed class GsmaInquiry(GsmaClient client)
{
    private const int PageSize = 500;

    /// <summary>Most pages of one list. Operators may serve only 50 rows per page.</summary>
    private const int PagesMax = 100;

    /// <summary>
    /// The state of a batch, row by row. An order in neither list gets no answer and keeps its state.
    /// </summary>
    public async Task<Reading> OfBatchAsync(Unit unit, CancellationToken cancel)
    {
        var (resource, verdict) = await FindAsync(CorrelationId.Of(unit.Reference), "batchtransactions", cancel);
        if (resource is null)
        {
            return Reading.OfUnit(unit.Reference, verdict);
        }

        var batch = await client.LookAsync(resource, cancel);
        if (!batch.IsGood)
        {
            return Reading.OfUnit(unit.Reference, batch.Unknown, resource.Id);
        }

        var status = batch["batchStatus"];
        var done = string.Equals(status, "completed", StringComparison.OrdinalIgnoreCase);
        UnitAnswer[] answers =
            done ? [] : [new UnitAnswer(unit.Reference, MobileMoneyStatusMap.Read(Batch, status), resource.Id)];
        return new Reading(answers, await LinesAsync(resource, unit, cancel));
    }

    /// <summary>The state of one order that was sent alone.</summary>
    public async Task<Answer> OfOrderAsync(PaymentOrder order, CancellationToken cancel)
    {
        var (resource, verdict) = await FindAsync(CorrelationId.Of(order.Reference), "transactions", cancel);
        if (resource is null)
        {
            return new Answer(order.Reference, verdict);
        }

        var transaction = await client.LookAsync(resource, cancel);
        return new Answer(
            order.Reference,
            transaction.IsGood ? MobileMoneyStatusMap.Read(Transaction, transaction["transactionStatus"])
                : transaction.Unknown,
            resource.Id);
    }

    /// <summary>The batch and the operator's answer about it; null while the operator has not parsed it.</summary>
    public async Task<(Resource? Batch, OperatorAnswer Answer)> BatchAsync(Unit unit, CancellationToken cancel)
    {
        var (resource, _) = await FindAsync(CorrelationId.Of(unit.Reference), "batchtransactions", cancel);
        var answer = resource is null ? OperatorAnswer.Nothing("NOT_PARSED")
            : await client.LookAsync(resource, cancel);
        return (answer.IsGood ? resource : null, answer);
    }

    /// <summary>The state of a reversal. If its request failed, the payment remains.</summary>
    public async Task<Answer> OfReversalAsync(PaymentOrder order, string correlationId, CancellationToken cancel)
    {
        var (resource, verdict) = await FindAsync(correlationId, "transactions", cancel);
        if (resource is null)
        {
            return new Answer(order.Reference,
                verdict.Outcome == Outcome.Rejected
                    ? MobileMoneyStatusMap.Read(Reversal, "failed") : Verdict.Unknown(verdict.Code));
        }

        var answer = await client.LookAsync(resource, cancel);
        return new Answer(
            order.Reference, answer.IsGood ? MobileMoneyStatusMap.Read(Reversal, answer["transactionStatus"])
                : answer.Unknown, resource.Id);
    }

    /// <summary>
    /// A request's state as a verdict. The reason of a failure is in <c>error</c> (schema) or <c>errorReference</c>
    /// (prose).
    /// </summary>
    public static Verdict OfState(OperatorAnswer state) => MobileMoneyStatusMap.Read(
        Request, state["status"], state.Body.At("error", "errorReference") is { } error
            ? error.TextAt("errorCode") : null);

    /// <summary>
    /// Finds the resource that the request made, by our correlation id, or the request's own state. "Not found" means
    /// unknown.
    /// </summary>
    private async Task<(Resource? Resource, Verdict Verdict)> FindAsync(
        string correlationId, string kind, CancellationToken cancel)
    {
        var response = await client.AskAsync(each => client.Api.ResponseAsync(correlationId, each), cancel);
        if (!response.IsGood)
        {
            return (null, response.Unknown);
        }

        var linked = Resource.OfLink(response["link"]);
        if (linked?.Kind != "requeststates")
        {
            return (linked?.Kind == kind ? linked : null, Verdict.Unknown("LINK"));
        }

        var state = await client.LookAsync(linked, cancel);
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
        var (completions, whole) = await RowsAsync(batch, "completions", cancel);
        // Completions come first, and rejections count only with all completions. If a row is in both lists, its
        // payment must be applied before its rejection.
        var rejections = whole ? (await RowsAsync(batch, "rejections", cancel)).Rows : [];
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

    /// <summary>The rows of a list, and whether the list is complete.</summary>
    private async Task<(List<JsonElement> Rows, bool Whole)> RowsAsync(
        Resource batch, string list, CancellationToken cancel)
    {
        var rows = new List<JsonElement>();
        var before = "";
        for (var page = 1; page <= PagesMax; page++)
        {
            var answer = await client.AskAsync(
                each => client.Api.BatchRowsAsync(batch.Id, list, PageSize, rows.Count, each), cancel);
            if (!answer.IsGood || answer.Body.ValueKind != JsonValueKind.Array)
            {
                return (rows, false);
            }

            // An operator that ignores offsets sends its only page again. The list is complete if the page was not
            // full.
            var text = answer.Body.GetRawText();
            if (answer.Available is null && text == before)
            {
                return (rows, answer.Body.GetArrayLength() < PageSize);
            }

            // The operator may send fewer rows than asked for. Only its count, or an empty page, marks the end.
            before = text;
            rows.AddRange(answer.Body.EnumerateArray());
            if (answer.Body.GetArrayLength() == 0 || rows.Count >= answer.Available)
            {
                return (rows, answer.Available is not { } all || rows.Count >= all);
            }
        }

        return (rows, false);
    }
}
