using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using TwinTrack.Kernel;
using TwinTrack.Platform.Observability;
using TwinTrack.Providers.Answers;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Domain.Callbacks;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Callbacks;

/// <summary>
/// Checks every callback: source, headers, size, time and signature. Only then is it stored. A refused callback is
/// counted and leaves no other trace. The caller gets a status without a reason. One instance per process.
/// </summary>
internal sealed class CallbackReceiver(CallbackMemoryLimit memory, CallbackQueue inbox, ProviderSealers sealers,
    IConfiguration configuration, TimeProvider clock)
{
    internal const int BodyMaxBytes = 256 * 1024;

    /// <summary>Peers whose X-Forwarded-For is trusted: CIDR blocks separated by commas.</summary>
    internal const string TrustedProxies = "proxies:trusted";

    private const int HeaderMax = 1_000;
    private const int RetrySeconds = 1;
    private static readonly TimeSpan BodyTime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Headers that are stored: those about time, content and key id. Never Authorization, cookies or keys.
    /// </summary>
    private static readonly string[] Kept =
    [
        "Content-Type", "Date", "User-Agent", "X-CorrelationID", "X-Date", StandardWebhooks.IdHeader,
        StandardWebhooks.TimestampHeader, StandardWebhooks.SignatureHeader,
        "Signature-Input", "Signature", "Content-Digest",
    ];

    private static readonly Counter<long> Callbacks = Telemetry.Meter.CreateCounter<long>(
        MetricNames.Callbacks, "{callback}",
        "Callbacks of providers, by channel and what came of them: kept, or why they were turned away.");

    private readonly IReadOnlyList<IPNetwork> _trusted =
        [.. (configuration[TrustedProxies] ?? "").Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(IPNetwork.Parse)];

    /// <param name="http">The call.</param>
    /// <param name="settings">The channel's callback settings.</param>
    /// <param name="channel">Its code.</param>
    /// <param name="unit">The unit whose path was called; null for the channel's path.</param>
    /// <param name="answers">Whether it came on the path that is only for answers to our questions.</param>
    public async Task<int> TakeAsync(HttpContext http, CallbackSettings settings, string channel, string? unit,
        bool answers)
    {
        var request = http.Request;
        if (!settings.LetsIn(Source(http)))
        {
            return TurnAway(channel, CallbackFaults.Source, StatusCodes.Status401Unauthorized);
        }

        if (settings.Scheme.Headers.Any(needed => !request.Headers.ContainsKey(needed)))
        {
            return TurnAway(channel, CallbackFaults.NoSignature, StatusCodes.Status401Unauthorized);
        }

        if (request.ContentLength > BodyMaxBytes)
        {
            // The body is not read to the end, so the connection closes. The header tells the caller not to send the
            // next callback on it.
            http.Response.Headers.Connection = "close";
            return TurnAway(channel, "too_large", StatusCodes.Status413PayloadTooLarge);
        }

        using var reservation = memory.Take(request.ContentLength ?? BodyMaxBytes);
        if (reservation is null)
        {
            http.Response.Headers.RetryAfter = $"{RetrySeconds}";
            return TurnAway(channel, "no_room", StatusCodes.Status503ServiceUnavailable);
        }

        if (await ReadAsync(http) is not { } body)
        {
            return TurnAway(channel, "too_slow", StatusCodes.Status408RequestTimeout);
        }

        var callback = Read(http, body);
        var proof = settings.Scheme.Verify(settings, callback, clock.GetUtcNow());
        if (proof.Fault is { } fault)
        {
            return TurnAway(channel, fault, StatusCodes.Status401Unauthorized);
        }

        // When the whole body is here, the callback is stored even if the caller disconnects.
        await inbox.KeepAsync(ToEvidence(callback, settings, channel, unit, answers, proof.MessageId, body));
        Callbacks.Add(1, new("channel", channel), new("result", "kept"));
        return StatusCodes.Status204NoContent;
    }

    private static int TurnAway(string channel, string reason, int status)
    {
        Callbacks.Add(1, new("channel", channel), new("result", reason));
        return status;
    }

    private IPAddress? Source(HttpContext http) => SourceAddress.Of(
        http.Connection.RemoteIpAddress,
        http.Request.Headers["X-Forwarded-For"],
        _trusted);

    /// <summary>
    /// The body, or null when it did not arrive in time. The server itself refuses a body that is too long (413) or too
    /// slow (408).
    /// </summary>
    private async Task<byte[]?> ReadAsync(HttpContext http)
    {
        using var limit = new CancellationTokenSource(BodyTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, http.RequestAborted);
        using var body = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        try
        {
            await http.Request.Body.CopyToAsync(body, either.Token);
            return body.ToArray();
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return null;
        }
    }

    private static CallbackRequest Read(HttpContext http, byte[] body)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return new CallbackRequest(
            http.Request.Method,
            query < 0 ? target : target[..query],
            query < 0 ? "" : target[query..],
            http.Request.Headers.ToDictionary(
                header => header.Key, header => string.Join(", ", header.Value.AsEnumerable()),
                StringComparer.OrdinalIgnoreCase),
            body);
    }

    private Evidence ToEvidence(CallbackRequest callback, CallbackSettings settings, string channel, string? unit,
        bool answers, string messageId, byte[] body)
    {
        var headers = Kept.Where(callback.Headers.ContainsKey)
            .ToDictionary(name => name, name => Clip(callback[name]!));
        return new Evidence
        {
            Id = EvidenceId.New(clock),
            Channel = channel,
            // Two units may receive the same bytes, and one message id with other bytes is another message.
            Identity = EvidenceStore.Sha256Of(
                [.. Encoding.UTF8.GetBytes($"{unit}\n{(messageId.Length == 0 ? "" : messageId + "\n")}"), .. body]),
            Kind = answers ? EvidenceKind.CalledBack
                : unit is null ? EvidenceKind.ChannelCallback : EvidenceKind.Callback,
            Name = unit ?? messageId,
            Sha256 = EvidenceStore.Sha256Of(body),
            Bytes = body.LongLength,
            Body = sealers.Connections.Seal(body),
            Headers = sealers.Connections.Seal(JsonSerializer.Serialize(headers)),
            // A callback is only a hint, so its row is written once and keeps this state. Only an answer to our
            // question is read later.
            State = answers ? EvidenceState.Received : EvidenceState.Hint,
            ReceivedAt = clock.GetUtcNow(),
            Scheme = settings.Scheme.Name,
        };
    }

    private static string Clip(string text) => text.Length <= HeaderMax ? text : text[..HeaderMax];
}
