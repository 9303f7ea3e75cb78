using System.Net.Http.Headers;
using System.Text.Json;
using Refit;
using TwinTrack.Clients.Auth;
using TwinTrack.Clients.Enrolments;
using TwinTrack.Clients.Entitlements;
using TwinTrack.Clients.Payments;
using TwinTrack.Clients.Providers;
using TwinTrack.Clients.Reconciliation;
using TwinTrack.Clients.Routing;

namespace TwinTrack.Clients;

/// <summary>
/// One user's way into a host, over the gateway's HTTP API. Every unsafe request carries an idempotency key, and is
/// sent again with the same key while no answer comes. A refusal is thrown as an <see cref="ApiRefusal"/>.
/// </summary>
public sealed class TwinTrackClient : IDisposable
{
    /// <summary>A large registry file may take minutes to send.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(10);

    /// <summary>What a record demands must be there; members that this build does not know are ignored.</summary>
    private static readonly RefitSettings Settings = new(new SystemTextJsonContentSerializer(JsonSerializerOptions.Web))
    {
        ExceptionFactory = ApiRefusal.OfAsync,
    };

    /// <param name="host">The gateway's address.</param>
    /// <param name="token">Bearer token; null before logging in.</param>
    /// <param name="patience">
    /// How long a request is sent again when the host cannot be reached, as while it is being restarted.
    /// </param>
    public TwinTrackClient(Uri host, string? token, TimeSpan patience)
        : this(host, token, new PatienceHandler(
            patience, TimeProvider.System)
        { InnerHandler = new SocketsHttpHandler() })
    {
    }

    /// <param name="host">The gateway's address.</param>
    /// <param name="token">Bearer token; null before logging in.</param>
    /// <param name="wire">What sends a request that already has its key.</param>
    public TwinTrackClient(Uri host, string? token, HttpMessageHandler wire)
    {
        Http = new HttpClient(new IdempotencyKeyHandler(TimeProvider.System) { InnerHandler = wire })
        {
            BaseAddress =
            host,
            Timeout = AnswerWithin
        };
        Http.DefaultRequestHeaders.Authorization =
            token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>For requests that no interface describes.</summary>
    public HttpClient Http { get; }

    public IAuthApi Auth => field ??= Of<IAuthApi>();

    public IEnrolmentsApi Enrolments => field ??= Of<IEnrolmentsApi>();

    public IEntitlementsApi Entitlements => field ??= Of<IEntitlementsApi>();

    public IPaymentsApi Payments => field ??= Of<IPaymentsApi>();

    public IProvidersApi Providers => field ??= Of<IProvidersApi>();

    public IReconciliationApi Reconciliation => field ??= Of<IReconciliationApi>();

    public IRoutingApi Routing => field ??= Of<IRoutingApi>();

    public void Dispose() => Http.Dispose();

    private TApi Of<TApi>() => RestService.ForGenerated<TApi>(Http, Settings);
}
