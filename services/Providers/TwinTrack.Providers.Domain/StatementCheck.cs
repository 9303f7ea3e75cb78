using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>
/// The check of a statement for every adapter: each line is in the channel's currency and above zero.
/// </summary>
public static class StatementCheck
{
    public static Result<Statement> Of(Statement statement, Currency currency)
    {
        foreach (var line in statement.Lines)
        {
            if (line.Currency != currency.Code)
            {
                return ProviderRefusals.LineCurrency(line.Line, currency.Code);
            }

            if (line.AmountMinor <= 0)
            {
                return ProviderRefusals.LineAmount(line.Line);
            }
        }

        return statement;
    }
}
