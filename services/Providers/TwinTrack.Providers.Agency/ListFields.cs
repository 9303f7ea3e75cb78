using System.Globalization;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Agency;

/// <param name="Personal">May be given only where the data-sharing agreement names it.</param>
internal sealed record ListField(string Name, bool Personal, Func<ListScope, PaymentOrder, string> Of);

/// <summary>The fields of an order that a list may contain.</summary>
/// <param name="Form">How amounts and dates are written.</param>
internal sealed record ListScope(Connection Connection, Unit Unit, ListForm Form)
{
    internal string Day(DateTimeOffset at) => at.UtcDateTime.ToString(Form.Dates, CultureInfo.InvariantCulture);

    /// <summary>In major units, with the partner's number of decimals, but never fewer than the currency has.</summary>
    internal string Amount(long minor)
    {
        var text = Connection.Currency.Format(minor);
        var missing = (Form.Decimals ?? 0) - Connection.Currency.Exponent;
        text = missing <= 0 ? text : (Connection.Currency.Exponent == 0 ? text + "." : text) + new string('0', missing);
        return text.Replace(".", Form.Point, StringComparison.Ordinal);
    }
}

internal static class ListFields
{
    private const double ValidityStandard = 864_000;

    internal static readonly IReadOnlyList<ListField> Table =
    [
        new("payment_id", false, (_, order) => order.Reference),
        new("obligation_id", false, (_, order) => order.EndToEnd),
        new("list", false, (scope, _) => scope.Unit.Reference),
        new("amount", false, (scope, order) => scope.Amount(order.AmountMinor)),
        new("currency", false, (scope, _) => scope.Connection.Currency.Code),
        new("programme", false, (_, order) => order.Programme),
        new("instrument", false, (_, order) => order.Payee.Instrument),
        new("agency", false, (scope, _) => scope.Connection.Require("agencyName")),
        new("date", false, (scope, _) => scope.Day(scope.Unit.CreatedAt)),
        new("valid_until", false, (scope, _) => scope.Day(scope.Unit.CreatedAt.AddSeconds(Validity(scope.Connection)))),
        new(PayeeField.HouseholdId, true, (_, order) => order.Payee.RegistryId),
        new(PayeeField.Name, true, (_, order) => order.Payee.Name),
        new(PayeeField.Alternate, true, (_, order) => order.Payee.Alternate ?? ""),
        new(PayeeField.Account, true, (_, order) => order.Payee.Account ?? ""),
        new(PayeeField.Area, true, (_, order) => order.Area),
    ];

    internal static readonly IReadOnlyDictionary<string, ListField> ByName = Table.ToDictionary(field => field.Name);

    internal static IEnumerable<string> Names => ByName.Keys;

    private static double Validity(Connection connection) =>
        double.TryParse(connection["validitySeconds"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var seconds) ? seconds : ValidityStandard;
}
