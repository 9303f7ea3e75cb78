using System.Globalization;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Agency;

/// <summary>Single cells of a partner's table: a value, or a fault that names the place.</summary>
internal sealed class AgencyCells(AnswerForm form, Currency currency)
{
    /// <summary>Most faults kept for one file.</summary>
    internal const int FaultsMax = 10_000;

    private readonly HashSet<string> _keys = new(StringComparer.OrdinalIgnoreCase);

    internal List<RowFault> Faults { get; } = [];

    internal void Fault(PartnerRow row, string field, string why)
    {
        if (Faults.Count < FaultsMax)
        {
            Faults.Add(new RowFault(row.Line, Header(field), why));
        }
    }

    /// <summary>A key that must be present and unique.</summary>
    internal string Key(PartnerRow row, string field)
    {
        var key = row[field];
        if (key.Length == 0)
        {
            Fault(row, field, "is empty");
        }
        else if (IsScientific(key))
        {
            Fault(row, field, "is in scientific notation: a spreadsheet has cut it");
        }
        else if (!_keys.Add(key))
        {
            Fault(row, field, "is there twice");
        }

        return key;
    }

    /// <summary>
    /// An amount in major units; null when the cell is empty. Excel's 2.5E+11 has lost digits, so it is refused. A
    /// minus is refused too.
    /// </summary>
    internal long? Amount(PartnerRow row, string field)
    {
        var cell = row[field];
        if (cell.Length == 0)
        {
            return null;
        }

        // With a decimal comma, a point separates thousands: 15.000 is not 15.
        var foreign = form.Point != "." && cell.Contains('.', StringComparison.Ordinal);
        var text = foreign ? "" : cell.Replace(form.Point, ".", StringComparison.Ordinal);
        if (currency.Parse(text).Allows(out var minor, out _))
        {
            return minor;
        }

        Fault(row, field, cell.Contains('E', StringComparison.OrdinalIgnoreCase) ? "is in scientific notation"
            : cell.StartsWith('-') ? "is negative"
            : $"is not an amount in {currency.Code}");
        return null;
    }

    internal DateOnly? Day(PartnerRow row, string field)
    {
        if (row[field].Length == 0)
        {
            return null;
        }

        if (DateOnly.TryParseExact(row[field], form.Dates, CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var day))
        {
            return day;
        }

        Fault(row, field,
            $"is not a date as {new DateOnly(2026, 1, 31).ToString(form.Dates, CultureInfo.InvariantCulture)}");
        return null;
    }

    internal static bool IsYes(string cell) => string.Equals(cell, "Y", StringComparison.OrdinalIgnoreCase);

    internal static bool IsYesOrNo(string cell) =>
        IsYes(cell) || string.Equals(cell, "N", StringComparison.OrdinalIgnoreCase);

    private static bool IsScientific(string text) =>
        text.Contains("E+", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private string Header(string field) => form.Columns.TryGetValue(field, out var header)
        ? header.TrimEnd('?') : field;
}
