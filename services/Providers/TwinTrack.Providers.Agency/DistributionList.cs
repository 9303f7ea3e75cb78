using System.Security.Cryptography;
using System.Text.Json;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Agency;

/// <summary>
/// What goes to the agency: <c>{unit}.list.csv</c>, one row an order, and before it <c>{unit}.control.json</c> with the list's row count, sum and SHA-256, so
/// that a list which was cut or changed on its way is refused whole. And the stop list. All are pure functions of the unit.
/// </summary>
internal static class DistributionList
{
    private static readonly string[] ListHeader = ["payment_id", "household_id", "name", "alternate", "area", "amount", "currency", "obligation_id"];
    private static readonly string[] StopHeader = ["payment_id", "list"];

    internal static string ListName(string reference) => $"{reference}.list.csv";

    internal static string ControlName(string reference) => $"{reference}.control.json";

    internal static string StopName(string reference) => $"{reference}.stop.csv";

    internal static byte[] List(Connection connection, Unit unit) => SheetWriter.Write(ListHeader, unit.Orders.Select(order => new[]
    {
        order.Reference, order.Payee.RegistryId, order.Payee.Name, order.Payee.Alternate ?? "", order.Area,
        connection.Currency.Format(order.AmountMinor), connection.Currency.Code, order.EndToEnd,
    }));

    /// <param name="list">The list's bytes as they will lie there.</param>
    internal static byte[] Control(Connection connection, Unit unit, byte[] list) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        list = unit.Reference,
        rows = unit.Orders.Count,
        sumMinor = unit.Orders.Sum(order => order.AmountMinor),
        currency = connection.Currency.Code,
        sha256 = Convert.ToHexStringLower(SHA256.HashData(list)),
    });

    internal static byte[] Stop(Unit unit, IEnumerable<string> references) =>
        SheetWriter.Write(StopHeader, references.Select(reference => new[] { reference, unit.Reference }));

    /// <summary>The same orders of the same unit always make the same stop list.</summary>
    internal static string StopReference(Unit unit, byte[] content) => $"{unit.Reference}-{Convert.ToHexString(SHA256.HashData(content))[..12]}";
}
