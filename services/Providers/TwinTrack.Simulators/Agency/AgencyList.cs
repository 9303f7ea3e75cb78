using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TwinTrack.Kernel;

namespace TwinTrack.Simulators.Agency;

/// <summary>A distribution list with its control file.</summary>
/// <param name="Wrong">Why the whole list is refused; null when it is accepted.</param>
/// <param name="Sha256">Of the list as we found it.</param>
internal sealed record AgencyList(
    string Reference, string ControlPath, IReadOnlyList<ProcessedOrder> Orders, string? Wrong, string? Sha256 = null)
{
    private sealed record Control(string List, int Rows, long SumMinor, string Currency, string Sha256);

    internal static AgencyList Read(string path, AgencyStyle style)
    {
        var reference = Path.GetFileName(path)[..^$".list.{style.Ending}".Length];
        var folder = Path.GetDirectoryName(path)!;

        // It is beside the list. If the agency stopped while it moved the two, it is in the other folder.
        var controlPath = new[] { folder, Path.Combine(folder, "read"), Path.GetDirectoryName(folder)! }
            .Select(place => Path.Combine(place, $"{reference}.control.json"))
            .FirstOrDefault(File.Exists);
        if (controlPath is null)
        {
            return new AgencyList(reference, "", [], "no control file");
        }

        try
        {
            return Check(reference, controlPath, File.ReadAllBytes(path), style);
        }
        catch (Exception unreadable)
            when (unreadable is FormatException or JsonException or IndexOutOfRangeException or InvalidDataException)
        {
            return new AgencyList(reference, controlPath, [], "cannot be read");
        }
    }

    private static AgencyList Check(string reference, string controlPath, byte[] content, AgencyStyle style)
    {
        var control = JsonSerializer.Deserialize<Control>(File.ReadAllBytes(controlPath), JsonSerializerOptions.Web)!;
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        if (sha256 != control.Sha256)
        {
            return new AgencyList(reference, controlPath, [], "hash differs from control file");
        }

        var rows = style.Read(content);
        var at = style.Columns.Select(column => Array.IndexOf(rows[0], column)).ToArray();
        var orders = rows.Skip(1).Select(row => new ProcessedOrder(
            row[at[0]], row[at[1]], row[at[2]], Minor(row[at[3]], row[at[4]]), row[at[4]], reference)).ToList();
        var wrong = orders.Count == 0 || orders.Count != control.Rows ? "row count differs from control file"
            : orders.Sum(order => order.AmountMinor) != control.SumMinor ? "sum differs from control file"
            : orders.Exists(order => order.Currency != control.Currency) ? "currency differs from control file"
            : null;
        return new AgencyList(reference, controlPath, wrong is null ? orders : [], wrong, sha256);
    }

    /// <summary>The acknowledgement, with what we counted ourselves.</summary>
    internal string Acknowledgement(string status) => "list,status,reason,rows,sum,sha256\n" + (Orders.Count == 0
        ? Csv.Line(Reference, status, Wrong, "", "", "")
        : Csv.Line(
            Reference, status, Wrong, Orders.Count.ToString(CultureInfo.InvariantCulture),
            Known(Orders[0].Currency).Format(Orders.Sum(order => order.AmountMinor)), Sha256));

    internal static Currency Known(string code) =>
        Kernel.Currency.Of(code).Match(known => known, refusal => throw new FormatException(refusal.Reason));

    private static long Minor(string amount, string currency) =>
        Known(currency).Parse(amount).Match(minor => minor, refusal => throw new FormatException(refusal.Reason));
}
