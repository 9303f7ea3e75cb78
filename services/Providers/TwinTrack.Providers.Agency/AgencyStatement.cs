using System.Globalization;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// The agency's own account of what it handed out. Two tables in one file, the head first:
/// <code>
/// statement,final,covers_from,covers_until,lines,paid,returned
/// AG-000007,Y,2026-01-01T00:00:00Z,2026-01-31T18:00:00Z,3,120.00,60.00
/// payment_id,kind,amount,currency,date,agency_reference
/// 0198…,paid,60.00,USD,2026-01-30,V-1
/// 0199…,paid,60.00,USD,2026-01-30,V-2
/// 0198…,returned,60.00,USD,2026-01-31,V-1
/// </code>
/// <c>final</c> Y declares that nothing handed out from <c>covers_from</c> to <c>covers_until</c> (UTC) is missing. Count and sums must agree with
/// the lines, or the whole is refused. The same payment may stand there twice: that is a finding for reconciliation and no fault of the file.
/// </summary>
internal static class AgencyStatement
{
    private const int HeadLines = 2;

    internal static Result<Statement> Read(string text, Currency currency)
    {
        var second = Cut(text, HeadLines);
        var head = Sheet.Read(text[..second], "statement", "final", "covers_from", "covers_until", "lines", "paid", "returned");
        if (!head.Allows(out var summary, out var refusal))
        {
            return refusal;
        }

        if (summary.Rows.Count != 1)
        {
            return AgencyRefusals.NotCsv("the head is one line");
        }

        var body = Sheet.Read(text[second..], HeadLines + 1, ["payment_id", "kind", "amount", "currency", "date", "agency_reference"]);
        return body.Then(sheet => Read(summary.Rows[0], sheet, currency));
    }

    private static Result<Statement> Read(Sheet.Row head, Sheet sheet, Currency currency)
    {
        var faults = new List<RowFault>();
        var (from, until) = (Instant(head, "covers_from", faults), Instant(head, "covers_until", faults));
        var (paid, returned) = (AgencyFiles.Amount(head, "paid", currency, faults), AgencyFiles.Amount(head, "returned", currency, faults));
        if (!AgencyFiles.IsYesOrNo(head["final"]))
        {
            faults.Add(new RowFault(head.Line, "final", "is neither Y nor N"));
        }

        if (head["statement"].Length == 0)
        {
            faults.Add(new RowFault(head.Line, "statement", "is empty"));
        }

        var lines = sheet.Rows.Select((row, at) => Line(row, at + 1, currency, faults)).OfType<StatementLine>().ToList();
        if (faults.Count > 0)
        {
            return AgencyRefusals.Rows(faults);
        }

        return head["lines"] != lines.Count.ToString(CultureInfo.InvariantCulture) ? AgencyRefusals.TotalsDoNotAddUp("number of lines")
            : Sum(lines, returned: false) != (paid ?? 0) ? AgencyRefusals.TotalsDoNotAddUp("sum paid")
            : Sum(lines, returned: true) != (returned ?? 0) ? AgencyRefusals.TotalsDoNotAddUp("sum returned")
            : new Statement(head["statement"], AgencyFiles.IsYes(head["final"]), from, until, lines);
    }

    private static StatementLine? Line(Sheet.Row row, int number, Currency currency, List<RowFault> faults)
    {
        var before = faults.Count;
        var (amount, day) = (AgencyFiles.Amount(row, "amount", currency, faults), AgencyFiles.Day(row, "date", faults));
        (string Column, bool Wrong, string Why)[] checks =
        [
            ("kind", row["kind"].ToLowerInvariant() is not ("paid" or "returned"), "is neither paid nor returned"),
            ("amount", faults.Count == before && amount is null or 0, "must be above zero"),
            ("currency", row["currency"] != currency.Code, "is not the channel's"),
            ("date", faults.Count == before && day is null, "is empty"),
        ];
        faults.AddRange(checks.Where(check => check.Wrong).Select(check => new RowFault(row.Line, check.Column, check.Why)));
        return faults.Count > before ? null : new StatementLine(
            number, Filled(row["payment_id"]), string.Equals(row["kind"], "returned", StringComparison.OrdinalIgnoreCase), amount!.Value,
            currency.Code, day!.Value, Filled(row["agency_reference"]));
    }

    private static DateTimeOffset Instant(Sheet.Row head, string column, List<RowFault> faults)
    {
        if (!DateTimeOffset.TryParseExact(
            head[column], "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            faults.Add(new RowFault(head.Line, column, "is not an instant as 2026-01-31T18:00:00Z"));
        }

        return at;
    }

    private static long Sum(List<StatementLine> lines, bool returned) => lines.Where(line => line.Returned == returned).Sum(line => line.AmountMinor);

    private static string? Filled(string text) => text.Length == 0 ? null : text;

    /// <summary>Where the text goes on after so many lines.</summary>
    private static int Cut(string text, int lines)
    {
        var at = 0;
        for (var line = 0; line < lines && at >= 0 && at < text.Length; line++)
        {
            var end = text.IndexOf('\n', at);
            at = end < 0 ? text.Length : end + 1;
        }

        return at;
    }
}
