using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// Refusals of this adapter, in order of precedence. None succeeds when repeated: the agency must send a corrected
/// file.
/// </summary>
internal static class AgencyRefusals
{
    /// <summary>Most rows named in the refusal's text. The report lists all rows.</summary>
    private const int NamedMax = 50;

    internal static Refusal SettingMissing(string name) =>
        new("connection.setting_missing",
            $"The setting '{name}' is missing. An agency connection needs it; add it and set the connection again.",
            RefusalKind.Invalid);

    internal static Refusal SettingUnreadable(string name, string why) =>
        new("connection.setting_unreadable",
            $"Setting '{name}' {why}. Correct it and set the connection again.", RefusalKind.Invalid);

    /// <param name="field">The place in the definition, such as <c>format.returns.columns.status</c>.</param>
    internal static Refusal Format(string field, string why) =>
        new("connection.format_unreadable",
            $"Setting '{field}' {why}. Correct it and set the connection again.", RefusalKind.Invalid);

    internal static Refusal NotAgreed(string field, string why) =>
        new("connection.not_agreed",
            $"Setting '{field}' {why}. Correct it and set the connection again.", RefusalKind.Invalid);

    internal static Refusal UnknownDocument() =>
        new("agency.unknown_document",
            "The file's name has none of the known endings. Use .ack, .return, .closed-return or .stopack, with "
            + "the ending of the partner's definition.", RefusalKind.Invalid);

    internal static Refusal Damaged(string name) =>
        new("agency.damaged",
            $"{name}: the file does not match its checksum or its signature. It was put aside; the agency must "
            + "send it again.", RefusalKind.Invalid);

    internal static Refusal TooLarge(int most) =>
        new("agency.too_large",
            Invariant($"The file has more than {most} bytes. Split it into several files."), RefusalKind.Invalid);

    internal static Refusal NotTable(FileForm form, string why) =>
        new($"agency.not_{form.ToString().ToLowerInvariant()}",
            $"Not the table that the partner's definition describes: {why}.", RefusalKind.Invalid);

    internal static Refusal Bomb(string why) =>
        new("agency.too_much_inside",
            $"The workbook is larger than a list can be: {why}. Send only the list.",
            RefusalKind.Invalid);

    internal static Refusal ColumnMissing(IEnumerable<string> names) =>
        new("agency.column_missing",
            $"These columns are missing: {string.Join(", ", names)}. Add them to the header.", RefusalKind.Invalid);

    internal static Refusal ColumnTwice(string name) =>
        new("agency.column_twice", $"Two columns have the name {name}. Keep one of them.", RefusalKind.Invalid);

    internal static Refusal TooManyRows(int most) =>
        new("agency.too_many_rows",
            Invariant($"The file has more than {most} rows. Split it into several files."), RefusalKind.Invalid);

    /// <summary>Later: under a new agreement.</summary>
    internal static Refusal AgreementOver(string reference) =>
        new("partner.agreement_over",
            $"The data-sharing agreement {reference} is not in force today. Renew it before you fetch data.");

    /// <summary>May succeed later, with an agreement that covers more areas.</summary>
    internal static Refusal AreaNotAgreed(string reference) =>
        new("partner.area_not_agreed",
            $"The tranche has an area that the data-sharing agreement {reference} does not cover. Extend the "
            + "agreement first.");

    internal static Refusal NotSigned() => new(
        "partner.not_signed",
            "The signature is missing or not valid. Send a detached signature by the partner's certificate.");

    internal static Refusal NameTaken() => new(
        "partner.name_taken", "Another content was uploaded under this name. Use a new name.", RefusalKind.Conflict);

    /// <summary>
    /// One faulty row refuses the file. The report names every fault by row and field, never by value.
    /// </summary>
    internal static Refusal Rows(IReadOnlyList<RowFault> faults)
    {
        var named =
            string.Join(
                "; ", faults.Take(NamedMax).Select(fault => Invariant($"line {fault.Row}: {fault.Field} {fault.Why}")));
        var rest = faults.Count > NamedMax ? Invariant($"; and {faults.Count - NamedMax} more") : "";
        return new Refusal("agency.rows_refused",
            Invariant($"The file has {faults.Count} faults, so nothing was imported. ")
            + $"{named}{rest}. Correct these rows and send the whole file again.",
            RefusalKind.Invalid);
    }

    internal static Refusal TotalsDoNotAddUp(string what) =>
        new("agency.totals_do_not_add_up",
            $"The statement's lines do not add up to the {what} in its head. Correct the statement and send it "
            + "again.");
}
