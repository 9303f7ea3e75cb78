using System.Globalization;
using System.Text;
using TwinTrack.Kernel;

namespace TwinTrack.Simulators.MobileMoney;

/// <summary>
/// POST /statement?final=true: the movements since the last statement, as CSV. Also written to the directory, if there
/// is one.
/// </summary>
internal static class StatementCsv
{
    public static void Map(WebApplication site, SimulatorOptions options, MobileOperator mobileOperator,
        ProviderLedger ledger) =>
        site.MapPost("/statement", async (bool? final, CancellationToken cancel) =>
    {
        var statement = ledger.TakeStatement(mobileOperator.Undecided());
        var name = Invariant($"MM-{statement.Number:000000}");
        var text = Write(name, statement, final ?? false);
        if (options.Directory is { } directory)
        {
            await File.WriteAllTextAsync(Path.Combine(directory, name + ".csv"), text, cancel);
        }

        return Results.Text(text, "text/csv", Encoding.UTF8);
    });

    internal static string Write(string name, LedgerStatement statement, bool final)
    {
        var text = new StringBuilder("statement,final,covers_from,covers_until,lines\n")
            .Append(CultureInfo.InvariantCulture,
                $"{name},{(final ? "true" : "false")},{statement.Since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'},"
                    + $"{statement.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'},{statement.Entries.Count}\n")
            .Append("reference,type,amount,currency,date,operator_reference\n");
        foreach (var entry in statement.Entries)
        {
            var amount = Currency.Of(entry.Row.Currency).Match(currency => currency.Format(entry.AmountMinor), _ => "");
            text.Append(CultureInfo.InvariantCulture,
                $"{entry.Row.Reference},{(entry.Returned ? "returned" : "paid")},{amount},{entry.Row.Currency},"
                    + $"{entry.At.UtcDateTime:yyyy-MM-dd},E{entry.Number}\n");
        }

        return text.ToString();
    }
}
