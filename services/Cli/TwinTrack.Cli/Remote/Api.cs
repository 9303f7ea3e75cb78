using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace TwinTrack.Cli.Remote;

/// <summary>
/// A client of the gateway's HTTP API for one user. Every unsafe request carries an idempotency key. A request that is
/// repeated after no answer has the same key, so it is done once.
/// </summary>
/// <param name="host">The gateway's address.</param>
/// <param name="token">Bearer token; null before logging in.</param>
/// <param name="patience">How long to go on when the host cannot be reached, as while it is being restarted.</param>
internal sealed class Api(Uri host, string? token, TimeSpan patience) : IDisposable
{
    private readonly TwinTrackClient _client = new(host, token, patience);

    public Uri Host => host;

    /// <summary>Logs in; the answer holds the token.</summary>
    public static async Task<JsonElement> LogInAsync(
        Uri host, string user, string password, TimeSpan patience, CancellationToken cancel)
    {
        using var api = new Api(host, null, patience);
        return await api.PostAsync("/auth/token", new { user, password }, cancel);
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, path, null, cancel);

    public Task<JsonElement> PostAsync(string path, object? body, CancellationToken cancel) =>
        SendJsonAsync(HttpMethod.Post, path, body, cancel);

    public Task<JsonElement> PutAsync(string path, object? body, CancellationToken cancel) =>
        SendJsonAsync(HttpMethod.Put, path, body, cancel);

    /// <summary>Sends a file's content as the body.</summary>
    public Task<JsonElement> UploadAsync(string path, Func<Stream> open, string contentType, CancellationToken cancel)
    {
        var content = new StreamContent(open());
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return SendAsync(HttpMethod.Post, path, content, cancel);
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

    public void Dispose() => _client.Dispose();

    private Task<JsonElement> SendJsonAsync(HttpMethod method, string path, object? body, CancellationToken cancel) =>
        SendAsync(method, path, JsonContent.Create(body ?? new { }), cancel);

    private async Task<JsonElement> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (method != HttpMethod.Get)
        {
            request.Headers.Add(IdempotencyKeyHandler.Header, IdempotencyKeyHandler.New);
        }

        using var answer = await _client.Http.SendAsync(request, cancel);
        if (await ApiRefusal.OfAsync(answer) is { } refusal)
        {
            throw refusal;
        }

        var empty = answer.StatusCode == HttpStatusCode.NoContent || answer.Content.Headers.ContentLength == 0;
        return empty ? default : await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
    }
}
