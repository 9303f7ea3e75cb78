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
        new("connection.setting_missing", $"An agency connection needs the setting '{name}'.", RefusalKind.Invalid);

    internal static Refusal SettingUnreadable(string name, string why) =>
        new("connection.setting_unreadable", $"Setting '{name}' {why}.", RefusalKind.Invalid);

    /// <param name="field">The place in the definition, such as <c>format.returns.columns.status</c>.</param>
    internal static Refusal Format(string field, string why) =>
        new("connection.format_unreadable", $"Setting '{field}' {why}.", RefusalKind.Invalid);

    internal static Refusal NotAgreed(string field, string why) =>
        new("connection.not_agreed", $"Setting '{field}' {why}.", RefusalKind.Invalid);

    internal static Refusal UnknownDocument() =>
        new("agency.unknown_document",
            "The name ends in none of .ack, .return, .closed-return and .stopack with the form that the partner's "
                + "definition gives it.", RefusalKind.Invalid);

    internal static Refusal Damaged(string name) =>
        new("agency.damaged",
            $"{name}: the file is not what its checksum or its signature says. It was put aside; the agency must send "
                + $"it again.", RefusalKind.Invalid);

    internal static Refusal TooLarge(int most) =>
        new("agency.too_large", Invariant($"More than {most} bytes."), RefusalKind.Invalid);

    internal static Refusal NotTable(FileForm form, string why) =>
        new($"agency.not_{form.ToString().ToLowerInvariant()}",
            $"Not the table that the partner's definition describes: {why}.", RefusalKind.Invalid);

    internal static Refusal Bomb(string why) =>
        new("agency.too_much_inside", $"A workbook that unpacks to more than any list has: {why}.",
            RefusalKind.Invalid);

    internal static Refusal ColumnMissing(IEnumerable<string> names) =>
        new("agency.column_missing", $"Missing column: {string.Join(", ", names)}.", RefusalKind.Invalid);

    internal static Refusal ColumnTwice(string name) =>
        new("agency.column_twice", $"Two columns are called {name}.", RefusalKind.Invalid);

    internal static Refusal TooManyRows(int most) =>
        new("agency.too_many_rows", Invariant($"More than {most} rows."), RefusalKind.Invalid);

    /// <summary>Later: under a new agreement.</summary>
    internal static Refusal AgreementOver(string reference) =>
        new("partner.agreement_over", $"The data-sharing agreement {reference} is not in force today.");

    /// <summary>May succeed later, with an agreement that covers more areas.</summary>
    internal static Refusal AreaNotAgreed(string reference) =>
        new("partner.area_not_agreed",
            $"The tranche holds an area that the data-sharing agreement {reference} does not cover.");

    internal static Refusal NotSigned() => new(
        "partner.not_signed", "A file of this partner's needs a detached signature by its certificate.");

    internal static Refusal NameTaken() => new(
        "partner.name_taken", "Another content was brought under this name.", RefusalKind.Conflict);

    /// <summary>
    /// One faulty row refuses the file. The report names every fault by row and field, never by value.
    /// </summary>
    internal static Refusal Rows(IReadOnlyList<RowFault> faults)
    {
        var named =
            string.Join(
                "; ", faults.Take(NamedMax).Select(fault => Invariant($"line {fault.Row}: {fault.Field} {fault.Why}")));
        var rest = faults.Count > NamedMax ? Invariant($"; and {faults.Count - NamedMax} more") : "";
        return new Refusal("agency.rows_refused", $"{faults.Count} faults, nothing was imported. {named}{rest}.",
            RefusalKind.Invalid);
    }

    internal static Refusal TotalsDoNotAddUp(string what) =>
        new("agency.totals_do_not_add_up", $"The statement's lines do not make the {what} that its head declares.");
}
