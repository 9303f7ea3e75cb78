using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>How to reach the operator; from a connection's settings.</summary>
/// <param name="Base">Setting <c>baseUrl</c>, with the version's path if it has one; no slash at the end. https, or http to this machine, or with <c>plainHttp</c> = true.</param>
/// <param name="ApiKey">Setting <c>apiKey</c>, sent as X-API-Key. A secret.</param>
/// <param name="CallbackBase">Setting <c>callbackBase</c>; null: the operator is only asked.</param>
/// <param name="Single">Setting <c>mode</c>: <c>batch</c> (default) or <c>single</c>, one call an order.</param>
/// <param name="OrganisationId">Setting <c>organisationId</c>, default twintrack: who is debited, as the operator knows us.</param>
internal sealed record MobileMoneySettings(string Base, string ApiKey, string? CallbackBase, bool Single, string OrganisationId)
{
    private const int OrganisationIdMax = 256;

    public static Result<MobileMoneySettings> Of(Connection connection)
    {
        var plain = connection["plainHttp"] == "true";
        if (!IsUrl(connection["baseUrl"], plain))
        {
            return MobileMoneyRefusals.Setting("baseUrl", "must be an https address without query (http only to this machine, or with plainHttp = true)");
        }

        if (connection["apiKey"] is not { } key || key.Any(char.IsControl))
        {
            return MobileMoneyRefusals.Setting("apiKey", "is missing or has control characters");
        }

        if (connection["callbackBase"] is { } callback && !IsUrl(callback, plain))
        {
            return MobileMoneyRefusals.Setting("callbackBase", "must be an https address without query (http only to this machine, or with plainHttp = true)");
        }

        var mode = connection["mode"] ?? "batch";
        if (mode is not ("batch" or "single"))
        {
            return MobileMoneyRefusals.Setting("mode", "is batch or single");
        }

        var organisation = connection["organisationId"] ?? "twintrack";
        return organisation.Length > OrganisationIdMax
            ? MobileMoneyRefusals.Setting("organisationId", $"has at most {OrganisationIdMax} characters")
            : new MobileMoneySettings(
                connection.Require("baseUrl").TrimEnd('/'), key, connection["callbackBase"]?.TrimEnd('/'), mode == "single", organisation);
    }

    private static bool IsUrl(string? text, bool plain) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && (plain || uri.IsLoopback)))
        && uri is { UserInfo: "", Query: "", Fragment: "" };
}
