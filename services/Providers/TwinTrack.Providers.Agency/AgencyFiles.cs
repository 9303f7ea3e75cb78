using System.Globalization;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// What comes from the agency, all or nothing: <c>*.ack.csv</c> (list, status, reason), <c>*.return.csv</c> (payment_id, status, delivered_amount,
/// delivered_on, reason, list_closed) and <c>*.stopack.csv</c> (payment_id, status). A payment that a file does not name has nothing said of it.
/// </summary>
internal static class AgencyFiles
{
    private static readonly string[] Delivered = ["delivered", "partial"];
    private static readonly string[] Undelivered = ["not_delivered", "unsuccessful"];

    internal static Result<Reading> Acknowledgement(string text) => Sheet.Read(text, "list", "status", "reason").Then<Reading>(sheet =>
    {
        var faults = Duplicates(sheet, "list");
        return faults.Count > 0
            ? AgencyRefusals.Rows(faults)
            : new Reading([.. sheet.Rows.Select(row => new UnitAnswer(row["list"], Verdict(AgencyStatusMap.Acknowledgement, row), null))], []);
    });

    internal static Result<Reading> StopAnswer(string text) => Sheet.Read(text, "payment_id", "status").Then<Reading>(sheet =>
    {
        var faults = Duplicates(sheet, "payment_id");
        return faults.Count > 0
            ? AgencyRefusals.Rows(faults)
            : new Reading([], [.. sheet.Rows.Select(row => new Answer(row["payment_id"], Verdict(AgencyStatusMap.StopAnswer, row)))]);
    });

    /// <param name="today">Nothing can have been delivered later than the day after: clocks and time zones differ by a day at most.</param>
    internal static Result<Reading> Returns(string text, Currency currency, DateOnly today) =>
        Sheet.Read(text, "payment_id", "status", "delivered_amount", "delivered_on", "reason", "list_closed").Then<Reading>(sheet =>
        {
            var faults = Duplicates(sheet, "payment_id");
            var answers = new List<Answer>(sheet.Rows.Count);
            foreach (var row in sheet.Rows)
            {
                var before = faults.Count;
                var amount = Amount(row, "delivered_amount", currency, faults);
                Judge(row, amount, today, faults);
                if (faults.Count == before)
                {
                    var message = IsYes(row["list_closed"]) ? AgencyStatusMap.ReturnClosed : AgencyStatusMap.ReturnOpen;
                    answers.Add(new Answer(row["payment_id"], Verdict(message, row), null, amount > 0 ? amount : null));
                }
            }

            return faults.Count > 0 ? AgencyRefusals.Rows(faults) : new Reading([], answers);
        });

    /// <summary>An amount in major units; null when the cell is empty. Excel's 2.5E+11 has lost digits and is refused, as is a minus.</summary>
    internal static long? Amount(Sheet.Row row, string column, Currency currency, List<RowFault> faults)
    {
        var text = row[column];
        if (text.Length == 0)
        {
            return null;
        }

        if (currency.Parse(text).Allows(out var minor, out _))
        {
            return minor;
        }

        var why = text.Contains('E', StringComparison.OrdinalIgnoreCase) ? "is in scientific notation"
            : text.StartsWith('-') ? "is negative"
            : $"is not an amount in {currency.Code}";
        faults.Add(new RowFault(row.Line, column, why));
        return null;
    }

    internal static DateOnly? Day(Sheet.Row row, string column, List<RowFault> faults)
    {
        if (row[column].Length == 0)
        {
            return null;
        }

        if (DateOnly.TryParseExact(row[column], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        faults.Add(new RowFault(row.Line, column, "is not a date as 2026-01-31"));
        return null;
    }

    internal static bool IsYes(string cell) => string.Equals(cell, "Y", StringComparison.OrdinalIgnoreCase);

    internal static bool IsYesOrNo(string cell) => IsYes(cell) || string.Equals(cell, "N", StringComparison.OrdinalIgnoreCase);

    /// <summary>The fields of one row against each other.</summary>
    private static void Judge(Sheet.Row row, long? amount, DateOnly today, List<RowFault> faults)
    {
        if (!IsYesOrNo(row["list_closed"]))
        {
            faults.Add(new RowFault(row.Line, "list_closed", "is neither Y nor N"));
        }

        if (Day(row, "delivered_on", faults) > today.AddDays(1))
        {
            faults.Add(new RowFault(row.Line, "delivered_on", "is in the future"));
        }

        var status = row["status"].ToLowerInvariant();
        if (status == "partial" && amount is null or 0 || status == "delivered" && amount is 0)
        {
            faults.Add(new RowFault(row.Line, "delivered_amount", "must be above zero where something was delivered"));
        }

        if (Undelivered.Contains(status) && amount > 0)
        {
            faults.Add(new RowFault(row.Line, "delivered_amount", "must be empty or zero where nothing was delivered"));
        }

        if (!Delivered.Contains(status) && !Undelivered.Contains(status) && amount > 0)
        {
            faults.Add(new RowFault(row.Line, "status", "is not known and yet an amount was delivered"));
        }
    }

    private static List<RowFault> Duplicates(Sheet sheet, string key)
    {
        var (seen, faults) = (new HashSet<string>(StringComparer.Ordinal), new List<RowFault>());
        foreach (var row in sheet.Rows)
        {
            if (row[key].Length == 0)
            {
                faults.Add(new RowFault(row.Line, key, "is empty"));
            }
            else if (!seen.Add(row[key]))
            {
                faults.Add(new RowFault(row.Line, key, "is there twice"));
            }
        }

        return faults;
    }

    private static Verdict Verdict(string message, Sheet.Row row) => AgencyStatusMap.Table.Read(message, row["status"]);
}
