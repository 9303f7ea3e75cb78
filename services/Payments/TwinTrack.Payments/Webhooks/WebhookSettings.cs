using System.Net;
using Microsoft.Extensions.Configuration;

namespace TwinTrack.Payments.Webhooks;

/// <summary>Settings for sending events to subscribers.</summary>
/// <param name="Allowed">
/// Setting <c>webhooks:allowNetworks</c>: CIDR blocks that may be called although they are not public.
/// </param>
/// <param name="PlainHttp">Setting <c>webhooks:plainHttp</c>: addresses may be http, for trials.</param>
/// <param name="BacklogMax">
/// Setting <c>webhooks:backlogMax</c>, default 1,000,000: deliveries that may wait for one subscriber.
/// </param>
internal sealed record WebhookSettings(IReadOnlyList<IPNetwork> Allowed, bool PlainHttp, long BacklogMax)
{
    private const long BacklogDefault = 1_000_000;

    public static WebhookSettings From(IConfiguration configuration) => new(
        [.. (configuration["webhooks:allowNetworks"] ?? "").Split(
            [',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => IPNetwork.Parse(text))],
        configuration.GetValue("webhooks:plainHttp", false),
        configuration.GetValue("webhooks:backlogMax", BacklogDefault));
}
