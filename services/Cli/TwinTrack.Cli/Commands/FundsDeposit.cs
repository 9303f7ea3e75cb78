using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>funds deposit: puts money at a programme's disposal.</summary>
internal static class FundsDeposit
{
    private static readonly Argument<string> Programme = new("programme") { Description = "The programme's code." };

    private static readonly Argument<string> Source = new(
        "source")
    { Description = "Code of the funding source, e.g. treasury." };

    private static readonly Argument<string> Amount = new(
        "amount")
    { Description = "In major units with at most the currency's decimals: 1500000 or 1500.50." };

    private static readonly Argument<string> CurrencyCode = new("currency") { Description = "ISO 4217, e.g. XOF." };

    public static Command Build() =>
        new Command("deposit", "Record a funding source's deposit for a programme.") { Programme, Source,
            Amount, CurrencyCode }
        .Answers(static (parsed, api, cancel) =>
        {
            var amount = Kernel.Currency.Of(parsed.GetRequiredValue(CurrencyCode))
                .Then(currency => currency.Parse(parsed.GetRequiredValue(Amount)));
            return amount.Allows(out var amountMinor, out var refusal)
                ? api.PostAsync(
                    "/payments/funds",
                    new
                    {
                        programme = parsed.GetRequiredValue(Programme),
                        fundingSource = parsed.GetRequiredValue(Source),
                        amountMinor,
                        currency = parsed.GetRequiredValue(CurrencyCode),
                    },
                    cancel)
                : throw new UsageException(refusal.Reason);
        });
}
