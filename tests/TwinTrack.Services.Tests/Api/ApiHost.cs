using System.Text.Json.Nodes;
using TwinTrack.Embedded;

namespace TwinTrack.Services.Tests.Api;

/// <summary>Every service in one host, with the OpenAPI document of each.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    private TestHost? _host;

    public Uri Address => _host!.Address;

    internal IReadOnlyList<ApiOperation> Operations { get; private set; } = [];

    internal IReadOnlyDictionary<string, JsonObject> Documents { get; private set; } =
        new Dictionary<string, JsonObject>();

    /// <summary>A client of a user with these roles; without a token when there are none.</summary>
    internal HttpClient As(params string[] roles) =>
        roles.Length == 0 ? new HttpClient { BaseAddress = Address } : _host!.As("caller", "government", roles);

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync(AllModules.InReadingOrder());
        Documents = await ApiOperation.DocumentsAsync(Address);
        Operations = [.. Documents.SelectMany(document => ApiOperation.Of(document.Key, document.Value))];
    }

    public async ValueTask DisposeAsync() => await _host!.DisposeAsync();
}
