using System.Globalization;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// The agency's own account of what it handed out. One file holds two tables, the head first.
/// <code>
/// statement,final,covers_from,covers_until,lines,paid,returned
/// AG-000007,Y,2026-01-01T00:00:00Z,2026-01-31T18:00:00Z,3,120.00,60.00
/// payment_id,kind,amount,currency,date,agency_reference
/// 0198…,paid,60.00,USD,2026-01-30,V-1
/// 0199…,paid,60.00,USD,2026-01-30,V-2
/// 0198…,returned,60.00,USD,2026-01-31,V-1
/// </code>
/// <c>final</c> Y declares that nothing handed out from <c>covers_from</c> to <c>covers_until</c> (UTC) is missing.
/// Count and sums must agree with the lines, or the whole statement is refused. A payment may be listed twice.
/// Reconciliation then finds a duplicate; the file itself is valid.
/// </summary>
internal static class AgencyStatement
{
    private const int HeadLines = 2;

    private static readonly AnswerForm Head =
        Identity("statement", "final", "covers_from", "covers_until", "lines", "paid", "returned");
    private static readonly AnswerForm Body =
        Identity("payment_id", "kind", "amount", "currency", "date", "agency_reference");

    internal static Result<Statement> Read(byte[] content, Currency currency)
    {
        if (content.Length > PartnerTable.BytesMax)
        {
            return AgencyRefusals.TooLarge(PartnerTable.BytesMax);
        }

        if (TextForm.ToUtf8("utf-8", content) is not { } text)
        {
            return AgencyRefusals.NotTable(FileForm.Csv, "not utf-8");
        }

        var (second, heads) = (CsvTable.Skip(text.Span, HeadLines), new List<PartnerRow>());
        if (CsvTable.Read(Head, text[..second], 1, heads.Add) is { } refusal)
        {
            return refusal;
        }

        if (heads.Count != 1)
        {
            return AgencyRefusals.NotTable(FileForm.Csv, "the head is one line");
        }

        var (cells, lines) = (new AgencyCells(Body, currency), new List<StatementLine>());
        return CsvTable.Read(Body, text[second..], HeadLines + 1,
            row => Take(row, cells, lines, currency)) is { } broken
            ? broken
            : Sum(heads[0], cells.Faults, lines, currency);
    }

    private static Result<Statement> Sum(PartnerRow head, List<RowFault> faults, List<StatementLine> lines,
        Currency currency)
    {
        var cells = new AgencyCells(Head, currency);
        var (from, until) = (Instant(head, "covers_from", cells), Instant(head, "covers_until", cells));
        var (paid, returned) = (cells.Amount(head, "paid"), cells.Amount(head, "returned"));
        if (!AgencyCells.IsYesOrNo(head["final"]))
        {
            cells.Fault(head, "final", "is neither Y nor N");
        }

        if (head["statement"].Length == 0)
        {
            cells.Fault(head, "statement", "is empty");
        }

        if (cells.Faults.Count + faults.Count > 0)
        {
            return AgencyRefusals.Rows([.. cells.Faults, .. faults]);
        }

        return head["lines"] != lines.Count.ToString(CultureInfo.InvariantCulture)
            ? AgencyRefusals.TotalsDoNotAddUp("number of lines")
            : Sum(lines, returned: false) != (paid ?? 0) ? AgencyRefusals.TotalsDoNotAddUp("sum paid")
            : Sum(lines, returned: true) != (returned ?? 0) ? AgencyRefusals.TotalsDoNotAddUp("sum returned")
            : new Statement(head["statement"], AgencyCells.IsYes(head["final"]), from, until, lines);
    }

    private static void Take(PartnerRow row, AgencyCells cells, List<StatementLine> lines, Currency currency)
    {
        var before = cells.Faults.Count;
        var (amount, day) = (cells.Amount(row, "amount"), cells.Day(row, "date"));
        (string Column, bool Wrong, string Why)[] checks =
        [
            ("kind", row["kind"].ToLowerInvariant() is not ("paid" or "returned"), "is neither paid nor returned"),
            ("amount", cells.Faults.Count == before && amount is null or 0, "must be above zero"),
            ("currency", row["currency"] != currency.Code, "is not the channel's"),
            ("date", cells.Faults.Count == before && day is null, "is empty"),
        ];
        foreach (var (column, _, why) in checks.Where(check => check.Wrong))
        {
            cells.Fault(row, column, why);
        }

        if (cells.Faults.Count == before)
        {
            lines.Add(new StatementLine(
                lines.Count + 1, Filled(row["payment_id"]),
                string.Equals(row["kind"], "returned", StringComparison.OrdinalIgnoreCase), amount!.Value,
                currency.Code, day!.Value, Filled(row["agency_reference"])));
        }
    }

    private static DateTimeOffset Instant(PartnerRow head, string column, AgencyCells cells)
    {
        if (!DateTimeOffset.TryParseExact(
            head[column], "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var at))
        {
            cells.Fault(head, column, "is not an instant as 2026-01-31T18:00:00Z");
        }

        return at;
    }

    private static long Sum(List<StatementLine> lines, bool returned) =>
        lines.Where(line => line.Returned == returned).Sum(line => line.AmountMinor);

    private static string? Filled(string text) => text.Length == 0 ? null : text;

    private static AnswerForm Identity(params string[] columns) =>
        new() { Columns = columns.ToDictionary(column => column) };
}
