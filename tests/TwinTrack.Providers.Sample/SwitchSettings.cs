using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Sample;

// <settings>
/// <summary>How one participant reaches the switch; from a connection's settings.</summary>
/// <param name="BaseUrl">
/// Setting <c>baseUrl</c>, https. Setting <c>plainHttp</c> = <c>true</c> allows http, for a simulator.
/// </param>
/// <param name="ApiKey">Setting <c>apiKey</c>. A secret.</param>
/// <param name="CallbackBase">Setting <c>callbackBase</c>; null where the switch is only asked.</param>
/// <param name="MaxMinor">Setting <c>maxPerPaymentMinor</c>, the scheme's limit; null for no limit.</param>
internal sealed record SwitchSettings(Uri BaseUrl, string ApiKey, string? CallbackBase, long? MaxMinor)
{
    public static Result<SwitchSettings> Of(Connection connection)
    {
        if (!Uri.TryCreate(connection["baseUrl"]?.TrimEnd('/') + "/", UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttps
                && !(url.Scheme == Uri.UriSchemeHttp && connection["plainHttp"] == "true")))
        {
            return Unreadable("baseUrl", "must be an https address");
        }

        if (connection["apiKey"] is not { } key || key.Any(char.IsControl))
        {
            return Unreadable("apiKey", "is missing or has control characters");
        }

        var max = connection["maxPerPaymentMinor"] is { } text ? ReadMax(text) : 0;
        return max is null ? Unreadable("maxPerPaymentMinor", "must be a whole number above zero")
            : new SwitchSettings(url, key, connection["callbackBase"]?.TrimEnd('/'), max == 0 ? null : max);
    }

    private static long? ReadMax(string text) =>
        long.TryParse(text, System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var max) && max > 0 ? max : null;

    private static Refusal Unreadable(string setting, string why) =>
        new("instant_switch.setting", $"Setting '{setting}' {why}.", RefusalKind.Invalid);
}
// </settings>
