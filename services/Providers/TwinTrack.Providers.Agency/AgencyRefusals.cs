using TwinTrack.Kernel;

namespace TwinTrack.Providers.Agency;

/// <summary>Every "no" of this adapter, in order of precedence. None succeeds when repeated: the agency must send a corrected file under a new name.</summary>
internal static class AgencyRefusals
{
    /// <summary>Rows named in one report; the rest is counted.</summary>
    private const int NamedMax = 50;

    internal static Refusal SettingMissing(string name) =>
        new("connection.setting_missing", $"An agency connection needs the setting '{name}'.", RefusalKind.Invalid);

    internal static Refusal UnknownDocument() =>
        new("agency.unknown_document", "The name ends in none of .ack.csv, .return.csv and .stopack.csv.", RefusalKind.Invalid);

    internal static Refusal NotCsv(string why) => new("agency.not_csv", $"Not a UTF-8 CSV file with a header: {why}.", RefusalKind.Invalid);

    internal static Refusal ColumnMissing(IEnumerable<string> names) =>
        new("agency.column_missing", $"Missing column: {string.Join(", ", names)}.", RefusalKind.Invalid);

    internal static Refusal TooManyRows(int most) => new("agency.too_many_rows", $"More than {most} rows.", RefusalKind.Invalid);

    /// <summary>All or nothing: one bad row refuses the file, and the report names every one of them by line and column, never by value.</summary>
    internal static Refusal Rows(IReadOnlyList<RowFault> faults)
    {
        var named = string.Join("; ", faults.Take(NamedMax).Select(fault => $"line {fault.Line}: {fault.Column} {fault.Why}"));
        var rest = faults.Count > NamedMax ? $"; and {faults.Count - NamedMax} more" : "";
        return new Refusal("agency.rows_refused", $"{faults.Count} faults, nothing was imported. {named}{rest}.", RefusalKind.Invalid);
    }

    internal static Refusal TotalsDoNotAddUp(string what) =>
        new("agency.totals_do_not_add_up", $"The statement's lines do not make the {what} that its head declares.");
}

/// <param name="Line">Of the file, from 1; the header is line 1.</param>
internal sealed record RowFault(int Line, string Column, string Why);
