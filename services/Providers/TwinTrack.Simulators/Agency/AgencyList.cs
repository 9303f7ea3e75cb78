using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TwinTrack.Kernel;

namespace TwinTrack.Simulators.Agency;

/// <summary>A distribution list with its control file.</summary>
/// <param name="Wrong">Why the whole list is refused; null when it is accepted.</param>
internal sealed record AgencyList(string Reference, string ControlPath, IReadOnlyList<DeskOrder> Orders, string? Wrong)
{
    private sealed record Control(string List, int Rows, long SumMinor, string Currency, string Sha256);

    internal static AgencyList Read(string path)
    {
        var reference = Path.GetFileName(path)[..^".list.csv".Length];
        var folder = Path.GetDirectoryName(path)!;

        // Beside the list; or, when the agency was stopped while it put the two aside, one folder off.
        var controlPath = new[] { folder, Path.Combine(folder, "read"), Path.GetDirectoryName(folder)! }
            .Select(place => Path.Combine(place, $"{reference}.control.json"))
            .FirstOrDefault(File.Exists);
        if (controlPath is null)
        {
            return new AgencyList(reference, "", [], "no control file");
        }

        try
        {
            return Check(reference, controlPath, File.ReadAllBytes(path));
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or IndexOutOfRangeException)
        {
            return new AgencyList(reference, controlPath, [], "cannot be read");
        }
    }

    private static AgencyList Check(string reference, string controlPath, byte[] content)
    {
        var control = JsonSerializer.Deserialize<Control>(File.ReadAllBytes(controlPath), JsonSerializerOptions.Web)!;
        if (Convert.ToHexStringLower(SHA256.HashData(content)) != control.Sha256)
        {
            return new AgencyList(reference, controlPath, [], "hash differs from control file");
        }

        var rows = Csv.Read(Encoding.UTF8.GetString(content)).Skip(1).ToList();
        var orders = rows.Select(row => new DeskOrder(row[0], row[7], row[1], Minor(row[5], row[6]), row[6], reference)).ToList();
        var wrong = orders.Count == 0 || orders.Count != control.Rows ? "row count differs from control file"
            : orders.Sum(order => order.AmountMinor) != control.SumMinor ? "sum differs from control file"
            : orders.Exists(order => order.Currency != control.Currency) ? "currency differs from control file"
            : null;
        return new AgencyList(reference, controlPath, wrong is null ? orders : [], wrong);
    }

    internal static string ReturnLine(DeskReport report, bool closed, DateTimeOffset at)
    {
        var currency = Known(report.Order.Currency);
        var status = !report.Paid ? "not_delivered" : report.AmountMinor < report.Order.AmountMinor ? "partial" : "delivered";
        return Csv.Line(
            report.Order.Reference, status, report.Paid ? currency.Format(report.AmountMinor) : "",
            report.Paid ? at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "", report.Paid ? "" : "not present", closed ? "Y" : "N");
    }

    internal static Currency Known(string code) =>
        Kernel.Currency.Of(code).Match(known => known, refusal => throw new FormatException(refusal.Reason));

    private static long Minor(string amount, string currency) =>
        Known(currency).Parse(amount).Match(minor => minor, refusal => throw new FormatException(refusal.Reason));
}
