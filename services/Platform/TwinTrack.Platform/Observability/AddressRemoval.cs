using System.Diagnostics;
using OpenTelemetry;

namespace TwinTrack.Platform.Observability;

/// <summary>
/// Removes paths and queries from every span before an exporter sees it. A callback's path is secret, and an enquiry's
/// address holds a phone number. A span names the route or the host instead.
/// </summary>
internal sealed class AddressRemoval : BaseProcessor<Activity>
{
    private const string FullAddress = "url.full";

    public override void OnEnd(Activity data)
    {
        data.SetTag("url.path", null);
        data.SetTag("url.query", null);
        if (data.GetTagItem(FullAddress) is string address)
        {
            data.SetTag(FullAddress,
                Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                    ? uri.GetLeftPart(UriPartial.Authority) : null);
        }
    }
}
