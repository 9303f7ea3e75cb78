using TwinTrack.Platform.Web;

namespace TwinTrack.Providers.Features;

/// <summary>Requests as the OpenAPI document shows them.</summary>
internal static class ProviderExamples
{
    public static readonly ApiExample[] All =
    [
        new(nameof(PutConnection), new PutConnection.Request(new Dictionary<string, string>
        {
            ["baseUrl"] = "https://operator.example/gsma", ["clientId"] = "twintrack",
            ["clientSecret"] = "a secret of the operator",
        })),
    ];
}
