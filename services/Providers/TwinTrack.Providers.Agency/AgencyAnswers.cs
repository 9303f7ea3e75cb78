using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// Reads acknowledgements, returns and answers to stop lists, by the partner's definition. A file is read as a whole or
/// refused. It says nothing about a payment that it does not name.
/// </summary>
/// <param name="today">
/// A delivery date may be at most one day later, because clocks and time zones differ by at most a day.
/// </param>
/// <param name="sent">The totals sent under a list's name; null when unknown.</param>
internal sealed class AgencyAnswers(PartnerFormat format, Currency currency, DateOnly today,
    Func<string, ListTotals?> sent)
{
    private static readonly string[] Undelivered = ["not_delivered", "unsuccessful"];

    internal (Result<Reading> Read, IReadOnlyList<RowFault> Faults) Acknowledgement(byte[] content)
    {
        var (form, units) = (format.Acknowledgement!, new List<UnitAnswer>());
        return All(form, content, (row, cells) =>
        {
            var list = cells.Key(row, "list");
            Compare(row, cells, sent(list));
            units.Add(new UnitAnswer(list, Verdict(form, AgencyStatusMap.Acknowledgement, row), null));
        }, () => new Reading(units, []));
    }

    internal (Result<Reading> Read, IReadOnlyList<RowFault> Faults) StopAnswer(byte[] content)
    {
        var (form, lines) = (format.StopAnswer!, new List<Answer>());
        var key = KeyOf(form);
        return All(form, content, (row, cells) =>
            lines.Add(new Answer(cells.Key(row, key), Verdict(form, AgencyStatusMap.StopAnswer, row), Row: row.Line)),
            () => new Reading([], lines, Whole: true));
    }

    /// <param name="closed">
    /// Whether the file's name declares the list closed. A column that says so for each line takes precedence.
    /// </param>
    internal (Result<Reading> Read, IReadOnlyList<RowFault> Faults) Returns(byte[] content, bool closed)
    {
        var (form, lines) = (format.Returns!, new List<Answer>());
        var key = KeyOf(form);
        return All(form, content, (row, cells) =>
        {
            var (reference, before) = (cells.Key(row, key), cells.Faults.Count);
            var (word, amount) = form.Says == ReturnMeaning.Quantity
                ? Quantity(row, cells) : (form.WordOf(row["status"]), cells.Amount(row, "amount"));
            if (cells.Faults.Count == before)
            {
                Judge(form, row, cells, word, amount);
            }

            var message = (row.Has("list_closed") ? AgencyCells.IsYes(row["list_closed"]) : closed)
                ? AgencyStatusMap.ReturnClosed : AgencyStatusMap.ReturnOpen;
            lines.Add(new Answer(
                reference, AgencyStatusMap.Read(message, word, Theirs(form, row, word)),
                row["reference"].Length == 0 ? null : row["reference"], amount > 0 ? amount : null, row.Line));
        }, () => new Reading([], lines, Whole: true));
    }

    private (Result<Reading> Read, IReadOnlyList<RowFault> Faults) All(
        AnswerForm form, byte[] content, Action<PartnerRow, AgencyCells> each, Func<Reading> read)
    {
        var cells = new AgencyCells(form, currency);
        return PartnerTable.Read(form, content, row => each(row, cells)) is { } refusal ? (refusal, [])
            : cells.Faults.Count > 0 ? (AgencyRefusals.Rows(cells.Faults), cells.Faults)
            : (read(), []);
    }

    /// <summary>
    /// Compares the agency's counts, if given, with the sent totals. An acknowledgement with other totals is refused.
    /// </summary>
    private static void Compare(PartnerRow row, AgencyCells cells, ListTotals? sent)
    {
        if (sent is null)
        {
            return;
        }

        var sum = cells.Amount(row, "sum");
        (string Field, bool Wrong)[] checks =
        [
            ("rows", row["rows"].Length > 0
                && row["rows"] != sent.Rows.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("sum", sum is not null && sum != sent.SumMinor),
            ("sha256", row["sha256"].Length > 0
                && !string.Equals(row["sha256"], sent.Sha256, StringComparison.OrdinalIgnoreCase)),
        ];
        foreach (var (field, _) in checks.Where(check => check.Wrong))
        {
            cells.Fault(row, field, "is not what was sent");
        }
    }

    /// <summary>Reads the quantity alone. Minus one means a failure, and no other negative number is allowed.</summary>
    private static (string? Word, long? Amount) Quantity(PartnerRow row, AgencyCells cells)
    {
        if (row["amount"] is "-1" or "-1.0" or "-1.00")
        {
            return ("unsuccessful", null);
        }

        var amount = cells.Amount(row, "amount");
        return (amount is null ? "pending" : amount == 0 ? "not_delivered" : "delivered", amount);
    }

    /// <summary>Checks the fields of one row against each other.</summary>
    private void Judge(AnswerForm form, PartnerRow row, AgencyCells cells, string? word, long? amount)
    {
        (string Field, bool Wrong, string Why)[] checks =
        [
            ("list_closed", row.Has("list_closed") && !AgencyCells.IsYesOrNo(row["list_closed"]), "is neither Y nor N"),
            ("date", cells.Day(row, "date") > today.AddDays(1), "is in the future"),
            ("amount", (word == "partial" && amount is null or 0) || (word == "delivered" && amount is 0),
                "must be above zero where something was delivered"),
            ("amount", Undelivered.Contains(word) && amount > 0, "must be empty or zero where nothing was delivered"),
            ("status", word is null or "pending" && amount > 0,
                "is not known or not final, and yet an amount was delivered"),
            ("reason", form.ReasonOnlyWhenUnpaid && word is "delivered" or "partial" && row["reason"].Length > 0,
                "must be empty where something was delivered"),
        ];
        foreach (var (field, _, why) in checks.Where(check => check.Wrong))
        {
            cells.Fault(row, field, why);
        }
    }

    private static string KeyOf(AnswerForm form) =>
        form.Columns.ContainsKey("payment_id") ? "payment_id" : "obligation_id";

    private static string Theirs(AnswerForm form, PartnerRow row, string? word) =>
        form.Says == ReturnMeaning.Quantity ? word ?? "" : row["status"];

    private static Verdict Verdict(AnswerForm form, string message, PartnerRow row) =>
        AgencyStatusMap.Read(message, form.WordOf(row["status"]), row["status"]);
}
