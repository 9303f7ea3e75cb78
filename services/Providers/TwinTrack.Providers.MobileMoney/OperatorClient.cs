using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Polly;
using Polly.Retry;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>HTTP to the operator, with bounds on everything that comes back. Asking is repeated; ordering never is, here.</summary>
internal sealed class OperatorClient(HttpClient http, TimeProvider clock)
{
    /// <summary>Bytes of one answer; a page of 500 rows has some 250 KB.</summary>
    private const int AnswerMaxBytes = 4 * 1024 * 1024;

    private const int RetriesMax = 2;

    /// <summary>Of one call, headers and body together: the client's own time-out ends with the headers.</summary>
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(20);

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    // In real time, whatever the clock: what is waited for is a wire.
    private static readonly ResiliencePipeline<Said> Patience = new ResiliencePipelineBuilder<Said>()
        .AddRetry(new RetryStrategyOptions<Said>
        {
            MaxRetryAttempts = RetriesMax,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = static call => ValueTask.FromResult(call.Outcome.Result is { IsPassing: true }),
        })
        .Build();

    /// <param name="path">From the base, starting with a slash.</param>
    public async Task<Said> GetAsync(MobileMoneySettings settings, string path, CancellationToken cancel) =>
        await Patience.ExecuteAsync(
            async token =>
            {
                using var request = Request(settings, HttpMethod.Get, path);
                return await SendAsync(request, token);
            },
            cancel);

    /// <summary>Once. Whether to send the same again is decided where the journal is.</summary>
    public async Task<Said> PostOnceAsync(
        MobileMoneySettings settings, string path, byte[] body, string correlationId, string callbackToken, CancellationToken cancel)
    {
        using var request = Request(settings, HttpMethod.Post, path);
        request.Headers.Add("X-CorrelationID", correlationId);
        request.Headers.Add("X-Content-Hash", Convert.ToHexStringLower(SHA256.HashData(body)));
        if (settings.CallbackBase is { } callback)
        {
            request.Headers.Add("X-Callback-URL", $"{callback}/{callbackToken}");
        }

        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await SendAsync(request, cancel);
    }

    private HttpRequestMessage Request(MobileMoneySettings settings, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, settings.Base + path);
        request.Headers.Add("X-API-Key", settings.ApiKey);
        request.Headers.Add("X-Date", OrderBody.Instant(clock.GetUtcNow()));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }

    private async Task<Said> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(CallTime);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return await ReadAsync(response, limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Said.Nothing("TIMEOUT");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            // Before or after the other side has read the request: from here the two look alike.
            return Said.Nothing("UNREACHABLE");
        }
    }

    private static async Task<Said> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancel)) > 0)
        {
            if (kept.Length + read > AnswerMaxBytes)
            {
                return Said.Nothing("TOO_LARGE", status);
            }

            kept.Write(buffer, 0, read);
        }

        try
        {
            using var json = JsonDocument.Parse(kept.ToArray(), Strict);
            return new Said(status, json.RootElement.Clone(), "", Available(response));
        }
        catch (JsonException)
        {
            return Said.Nothing("UNREADABLE", status);
        }
    }

    private static int? Available(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Records-Available-Count", out var values)
        && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : null;
}
