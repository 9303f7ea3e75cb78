using System.Globalization;

namespace TwinTrack.Simulators.Agency;

/// <summary>
/// The agency's statement: a head with control totals, then one line per movement since the statement before.
/// </summary>
internal static class AgencyAccount
{
    internal static string Write(LedgerStatement statement, string currencyCode, bool final)
    {
        var currency = AgencyList.Known(currencyCode);
        var head = Csv.Line(
            Invariant($"AG-{statement.Number:D6}"), final ? "Y" : "N",
            Instant(statement.Since), Instant(statement.At),
            statement.Entries.Count.ToString(CultureInfo.InvariantCulture),
            currency.Format(Sum(statement, returned: false)), currency.Format(Sum(statement, returned: true)));
        var lines = statement.Entries.Select(entry => Csv.Line(
            entry.Row.Reference, entry.Returned ? "returned" : "paid", currency.Format(entry.AmountMinor),
            currency.Code,
            entry.At.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Voucher(entry)));
        return $"statement,final,covers_from,covers_until,lines,paid,returned\n{head}payment_id,kind,amount,currency,"
            + $"date,agency_reference\n{string.Concat(lines)}";
    }

    private static string Instant(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static long Sum(LedgerStatement statement, bool returned) =>
        statement.Entries.Where(entry => entry.Returned == returned).Sum(entry => entry.AmountMinor);

    private static string Voucher(LedgerMovement entry) => Invariant($"V-{entry.Number}");
}
