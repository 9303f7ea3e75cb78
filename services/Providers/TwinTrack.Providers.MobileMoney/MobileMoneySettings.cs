using System.Globalization;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>A connection's settings for the GSMA profile, in addition to the operator's address.</summary>
/// <param name="ApiKey">Setting <c>apiKey</c>, sent as X-API-Key. A secret.</param>
/// <param name="Single">Setting <c>mode</c>: <c>batch</c> (default) or <c>single</c>, one call an order.</param>
/// <param name="OrganisationId">
/// Setting <c>organisationId</c>, default twintrack: the operator's name for the account to debit.
/// </param>
/// <param name="TwoSteps">
/// Setting <c>approval</c> = <c>two-step</c>: the operator parses a batch first, and pays it only after our approval.
/// </param>
/// <param name="BatchMax">
/// Setting <c>batchMax</c>, 1 to 1,000, default 1,000: orders that the operator takes in one batch.
/// </param>
/// <param name="Reversal">
/// Setting <c>reversal</c> = <c>true</c>, if the contract has it: a recall asks for the reversal of the payment.
/// </param>
internal sealed record MobileMoneySettings(string ApiKey, bool Single, string OrganisationId, bool TwoSteps,
    int BatchMax, bool Reversal)
{
    private const int OrganisationIdMax = 256;

    public static Result<MobileMoneySettings> Of(Connection connection)
    {
        if (connection["apiKey"] is not { } key || key.Any(char.IsControl))
        {
            return MobileMoneyRefusals.Setting("apiKey", "is missing or has control characters");
        }

        var mode = connection["mode"] ?? "batch";
        if (mode is not ("batch" or "single"))
        {
            return MobileMoneyRefusals.Setting("mode", "is batch or single");
        }

        var approval = connection["approval"] ?? "one-step";
        if (approval is not ("one-step" or "two-step") || (approval == "two-step" && mode == "single"))
        {
            return MobileMoneyRefusals.Setting("approval", "is one-step, or two-step for batches");
        }

        if (!int.TryParse(connection["batchMax"] ?? "1000", NumberStyles.None, CultureInfo.InvariantCulture,
            out var batchMax) || batchMax is 0 or > 1_000)
        {
            return MobileMoneyRefusals.Setting("batchMax", "is 1 to 1000");
        }

        var reversal = connection["reversal"] ?? "false";
        if (reversal is not ("true" or "false"))
        {
            return MobileMoneyRefusals.Setting("reversal", "is true or false");
        }

        var organisation = connection["organisationId"] ?? "twintrack";
        return organisation.Length > OrganisationIdMax
            ? MobileMoneyRefusals.Setting("organisationId", $"has at most {OrganisationIdMax} characters")
            : new MobileMoneySettings(key, mode == "single", organisation, approval == "two-step", batchMax,
                reversal == "true");
    }
}
