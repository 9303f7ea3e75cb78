using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain.Webhooks;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Payments.Webhooks;

/// <summary>What one try came to.</summary>
internal sealed record DeliveryAttempt(int? Status, string? Fault, int LatencyMs)
{
    public bool Delivered => Status is >= 200 and < 300;

    /// <summary>The receiver answered 410: it wants no more events.</summary>
    public bool Gone => Status == (int)HttpStatusCode.Gone;

    public string Word => Fault ?? Invariant($"HTTP {Status}");
}

/// <summary>
/// Sends one event, signed per Standard Webhooks. Calls no private, loopback, link-local or other special address
/// unless the installation allows it. The resolved address is checked on connecting, which prevents DNS rebinding.
/// Follows no redirect, uses no proxy, reads no body. Thread-safe.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(5);
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public WebhookSender(WebhookSettings settings, TimeProvider clock)
    {
        _clock = clock;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = ConnectMax,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 64 * 1024,
            ConnectCallback = (context, cancel) => ConnectAsync(context.DnsEndPoint, settings.Allowed, cancel),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async Task<DeliveryAttempt> SendAsync(
        Uri address, IReadOnlyList<byte[]> secrets, Delivery delivery, CancellationToken cancel)
    {
        var begun = _clock.GetTimestamp();
        DeliveryAttempt Ended(int? status, string? fault) =>
            new(status, fault, (int)_clock.GetElapsedTime(begun).TotalMilliseconds);
        using var limit = new CancellationTokenSource(AnswerMax, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            using var message = Message(address, secrets, delivery);
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Ended((int)answer.StatusCode, null);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested
            && fault is HttpRequestException or OperationCanceledException or IOException)
        {
            return Ended(
                null, fault.InnerException is NotPublicException || fault is NotPublicException
                    ? "address" : fault is OperationCanceledException ? "timeout" : "connection");
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Message(Uri address, IReadOnlyList<byte[]> secrets, Delivery delivery)
    {
        var body = Encoding.UTF8.GetBytes(delivery.Body);
        var at = _clock.GetUtcNow().ToUnixTimeSeconds();
        return new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content =
                new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            Headers =
            {
                { "User-Agent", "TwinTrack-Webhooks" },
                { StandardWebhooks.IdHeader, delivery.EventId },
                { StandardWebhooks.TimestampHeader, at.ToString(CultureInfo.InvariantCulture) },
                { StandardWebhooks.SignatureHeader,
                    string.Join(
                        ' ', secrets.Select(secret => StandardWebhooks.Sign(secret, delivery.EventId, at, body))) },
            },
        };
    }

    private static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint point, IReadOnlyList<IPNetwork> allowed, CancellationToken cancel)
    {
        var addresses =
            (await Dns.GetHostAddressesAsync(point.Host, cancel)).Where(
                address => PublicAddress.IsOpen(address, allowed)).ToArray();
        if (addresses.Length == 0)
        {
            throw new NotPublicException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, point.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The name resolves to no allowed address.</summary>
    private sealed class NotPublicException() : IOException("Not a public address.");
}
