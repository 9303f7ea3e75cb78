using System.Diagnostics;
using TwinTrack.Platform.Observability;

namespace TwinTrack.Platform.Tests;

public sealed class A_span
{
    [Theory]
    [InlineData("https://op.example:8443/v1/accounts/msisdn/%2B254700000001/status?pin=1", "https://op.example:8443")]
    [InlineData("/accounts/msisdn/+254700000001", null)]
    public void Names_the_host_that_is_called_and_no_path(string address, string? left)
    {
        using var removal = new AddressRemoval();
        using var span = new Activity("call");
        span.SetTag("url.full", address).SetTag("url.path", "/callbacks/secret").SetTag("url.query", "pin=1")
            .SetTag("http.route", "/callbacks/{token}");

        removal.OnEnd(span);

        span.GetTagItem("url.full").Should().Be(left);
        span.TagObjects.Select(tag => tag.Key).Should().NotContain(["url.path", "url.query"]).And.Contain("http.route");
    }
}
