using System.Text;
using TwinTrack.Kernel;
using TwinTrack.Providers.Bank;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Bank;

/// <summary>A bank adapter with a connection, and short ways to ask it.</summary>
internal static class BankScene
{
    internal static readonly BankAdapter Adapter = new(TimeProvider.System);

    internal static Connection Connection(string directory = "/nowhere", string currency = "USD") =>
        new("t1-bank", SeededOrders.Currency(currency), new Dictionary<string, string>
        {
            ["directory"] = directory,
            ["debtorName"] = "Ministry of Social Affairs",
            ["debtorAccount"] = "DE89370400440532013000",
            ["debtorBic"] = "DEUTDEFF",
        });

    internal static Connection With(Connection connection, params (string Name, string Value)[] settings) =>
        connection with
        {
            Settings =
            connection.Settings.Concat(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            .GroupBy(setting => setting.Key).ToDictionary(setting => setting.Key, setting => setting.Last().Value),
        };

    internal static BankProfile Profile(string currency = "USD", params (string Name, string Value)[] settings) =>
        Taken(BankProfile.Of(With(Connection(currency: currency), settings)));

    internal static Document Document(string text) => new("from-bank.xml", Encoding.UTF8.GetBytes(text));

    internal static Reading Read(string text, string currency = "USD") =>
        Taken(Adapter.Read(Connection(currency: currency), Document(text)));

    internal static Result<Statement> Statement(string text, string currency = "USD") =>
        Adapter.ReadStatement(Connection(currency: currency), Document(text));

    internal static T Taken<T>(Result<T> result) =>
        result.Match(
            value => value, refusal => throw new InvalidOperationException($"{refusal.Code}: {refusal.Reason}"));

    internal static string Refused<T>(Result<T> result) => result.Match(_ => "not refused", refusal => refusal.Code);
}
