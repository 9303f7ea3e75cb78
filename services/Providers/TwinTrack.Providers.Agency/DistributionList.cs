using System.Security.Cryptography;
using System.Text.Json;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Agency;

/// <summary>The totals of a file.</summary>
/// <param name="List">The unit: the tranche's name.</param>
/// <param name="Sha256">Of the file's bytes, 64 hex digits.</param>
internal sealed record ListTotals(string List, string File, int Rows, long SumMinor, string Currency, string Sum,
    string Sha256)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    internal static ListTotals Of(Connection connection, Unit unit, string file, IReadOnlyList<PaymentOrder> orders,
        byte[] content)
    {
        var sum = orders.Sum(order => order.AmountMinor);
        return new ListTotals(
            unit.Reference, file, orders.Count, sum, connection.Currency.Code, connection.Currency.Format(sum),
            Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Web);

    internal static ListTotals? Read(byte[] json) => JsonSerializer.Deserialize<ListTotals>(json, Web);
}

/// <summary>
/// Names of the files for the agency. A tranche is <c>{unit}.list.*</c>, a stop list <c>{unit}-{hash}.stop.*</c>. Each
/// has a control file (<c>.control.json</c>) with row count, sum and SHA-256 of the list. If we sign, its detached
/// signature is beside it. All are pure functions of the unit.
/// </summary>
internal static class DistributionList
{
    internal static string ListName(string reference, ListForm form) => $"{reference}.list.{ListWriter.Ending(form)}";

    internal static string StopName(string reference, ListForm form) => $"{reference}.stop.{ListWriter.Ending(form)}";

    internal static string ControlName(string reference) => $"{reference}.control.json";

    /// <summary>The same orders of the same unit always make the same stop list.</summary>
    internal static string StopReference(Unit unit, IEnumerable<PaymentOrder> orders)
    {
        var named =
            Invariant($"{unit.Reference}\n{string.Join('\n', orders.Select(order => order.Reference))}");
        return $"{unit.Reference}-"
            + $"{Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(named)))[..12]}";
    }
}
