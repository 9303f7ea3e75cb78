using System.Globalization;
using System.Text;
using TwinTrack.Kernel;

namespace TwinTrack.Simulators.Agency;

/// <summary>How one kind of partner writes its files. Written independently of the adapter's definitions.</summary>
/// <param name="Ending">Of lists and returns.</param>
/// <param name="Columns">Headers of reference, obligation, payee, amount and currency in a list.</param>
/// <param name="Header">Of a return.</param>
/// <param name="Line">One row of a return; null where the style has no word for it.</param>
/// <param name="NamesClosed">The file's name says that a list is closed, not a column.</param>
internal sealed record AgencyStyle(
    string Ending, string[] Columns, string[] Header, Func<OrderReport, Currency, bool, DateTimeOffset, string[]?> Line,
    bool NamesClosed = true)
{
    private static readonly Dictionary<string, AgencyStyle> All = new()
    {
        ["twintrack"] = new(
            "csv", ["payment_id", "obligation_id", "household_id", "amount", "currency"],
            ["payment_id", "status", "delivered_amount", "delivered_on", "reason", "list_closed"],
            (report, currency, closed, at) =>
            [
                report.Order.Reference, !report.Paid ? "not_delivered" : IsPartial(report) ? "partial" : "delivered",
                report.Paid ? currency.Format(report.AmountMinor) : "",
                report.Paid ? Day(at, "yyyy-MM-dd") : "", report.Paid ? "" : "not present", closed ? "Y" : "N",
            ],
            NamesClosed: false),
        ["wfp"] = new(
            "csv", ["Payment Reference", "Entitlement ID", "Household ID", "Amount", "Currency"],
            ["Payment Reference", "Amount Paid", "Transfer Date", "Bank Transfer Reference", "Payment Status",
                "Payment Details"],
            (report, currency, _, at) => report.Paid
                ? [report.Order.Reference, currency.Format(report.AmountMinor), Day(at, "dd/MM/yyyy"), "V-1",
                    IsPartial(report) ? "Partially paid" : "Paid", ""]
                : [report.Order.Reference, "", "", "", "Not collected", "absent"]),
        ["hope"] = new(
            "xlsx", ["payment_id", "entitlement_id", "household_id", "entitlement_quantity", "currency"],
            ["payment_id", "entitlement_quantity", "delivered_quantity", "delivery_date",
                "reason_for_unsuccessful_payment"],
            (report, currency, closed, at) =>
            [
                report.Order.Reference, currency.Format(report.Order.AmountMinor),
                report.Paid ? currency.Format(report.AmountMinor) : closed ? "-1" : "0",
                report.Paid ? Day(at, "yyyy-MM-dd") : "", report.Paid ? "" : "absent",
            ]),
        ["121"] = new(
            "csv", ["referenceId", "entitlementId", "fullName", "amount", "currency"],
            ["referenceId", "status", "errorMessage"],
            (report, _, _, _) => IsPartial(report)
                ? null : report.Paid ? [report.Order.Reference, "success", ""]
                    : [report.Order.Reference, "error", "not present"]),
    };

    internal static AgencyStyle Of(string name) =>
        All.TryGetValue(name, out var style) ? style
            : throw new ArgumentException($"--style takes one of {string.Join(", ", All.Keys)}.");

    internal List<string[]> Read(byte[] content) =>
        Ending == "xlsx" ? SimpleWorkbook.Read(content)
            : Csv.Read(Encoding.UTF8.GetString(content).TrimStart('\uFEFF'));

    internal byte[] Write(IEnumerable<string[]> rows) =>
        Ending == "xlsx" ? SimpleWorkbook.Write([.. rows.Prepend(Header)])
            : Encoding.UTF8.GetBytes(string.Concat(rows.Prepend(Header).Select(row => Csv.Line(row))));

    private static bool IsPartial(OrderReport report) => report.Paid && report.AmountMinor < report.Order.AmountMinor;

    private static string Day(DateTimeOffset at, string format) =>
        at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
