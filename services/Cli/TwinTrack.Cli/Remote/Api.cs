using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace TwinTrack.Cli.Remote;

/// <summary>
/// One user's way into a host, over the gateway's HTTP API. Every unsafe request carries an idempotency key, and the
/// same key when it is sent again because no answer came: sent twice is done once.
/// </summary>
internal sealed class Api : IDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http;
    private readonly TimeSpan _patience;

    /// <param name="host">The gateway's address.</param>
    /// <param name="token">Bearer token; null before logging in.</param>
    /// <param name="patience">
    /// How long to go on when the host cannot be reached, as while it is being restarted.
    /// </param>
    public Api(Uri host, string? token, TimeSpan patience)
    {
        _patience = patience;
        _http = new HttpClient { BaseAddress = host, Timeout = TimeSpan.FromMinutes(10) };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Uri Host => _http.BaseAddress!;

    /// <summary>Logs in; the answer holds the token.</summary>
    public static async Task<JsonElement> LogInAsync(
        Uri host, string user, string password, TimeSpan patience, CancellationToken cancel)
    {
        using var api = new Api(host, null, patience);
        return await api.PostAsync("/auth/token", new { user, password }, cancel);
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancel) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancel);

    public Task<JsonElement> PostAsync(string path, object? body, CancellationToken cancel) =>
        SendJsonAsync(HttpMethod.Post, path, body, cancel);

    public Task<JsonElement> PutAsync(string path, object? body, CancellationToken cancel) =>
        SendJsonAsync(HttpMethod.Put, path, body, cancel);

    /// <summary>Sends a file's content as the body.</summary>
    public Task<JsonElement> UploadAsync(string path, Func<Stream> open, string contentType, CancellationToken cancel)
    {
        var key = NewKey();
        return SendAsync(
            () =>
            {
                var content = new StreamContent(open());
                content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
                return Keyed(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, key);
            },
            cancel);
    }

    /// <summary>All rows of a paged list, one page in memory at a time.</summary>
    public async IAsyncEnumerable<JsonElement> PagesAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        const int PageMax = 1_000;
        string? after = null;
        do
        {
            var query = (path.Contains('?', StringComparison.Ordinal) ? "&" : "?")
                + Invariant($"limit={PageMax}")
                + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");
            var page = await GetAsync(path + query, cancel);
            foreach (var row in page.List("items"))
            {
                yield return row;
            }

            after = page.Text("next");
        }
        while (after is not null);
    }

    public void Dispose() => _http.Dispose();

    private Task<JsonElement> SendJsonAsync(HttpMethod method, string path, object? body, CancellationToken cancel)
    {
        var json = JsonSerializer.Serialize(body ?? new { }, JsonSerializerOptions.Web);
        var key = NewKey();
        return SendAsync(
            () => Keyed(
                new HttpRequestMessage(method,
                    path) { Content = new StringContent(json, Encoding.UTF8, "application/json") }, key),
            cancel);
    }

    private async Task<JsonElement> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var message = request();
                using var answer = await _http.SendAsync(message, cancel);
                return await ReadAsync(answer, cancel);
            }
            catch (Exception fault) when (SaysNothing(fault) && !cancel.IsCancellationRequested
                && TimeProvider.System.GetElapsedTime(started) < _patience)
            {
                var asked = (fault as ApiRefusal)?.RetryAfter ?? RetryPause;
                await Task.Delay(asked < _patience ? asked : _patience, TimeProvider.System, cancel);
            }
        }
    }

    /// <summary>
    /// Whether it is unknown if the request took effect: no answer, or one that speaks of the server's own state and
    /// not of the request, such as that the same request, whose connection was cut, still runs. The same request under
    /// the same key finds out. Any other refusal (4xx) is an answer.
    /// </summary>
    private static bool SaysNothing(Exception fault) => fault switch
    {
        ApiRefusal refusal => (int)refusal.Status >= 500 || refusal.RetryAfter is not null,
        HttpRequestException or IOException => true,
        _ => false,
    };

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw ApiRefusal.Of(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel),
                answer.Headers.RetryAfter?.Delta);
        }

        var empty = answer.StatusCode == HttpStatusCode.NoContent || answer.Content.Headers.ContentLength == 0;
        return empty ? default : await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
    }

    private static HttpRequestMessage Keyed(HttpRequestMessage message, string key)
    {
        message.Headers.Add("Idempotency-Key", key);
        return message;
    }

    private static string NewKey() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("n");
}
