namespace TwinTrack.Simulators.MobileMoney;

/// <summary>
/// Calls back on the caller's URL: once, with a short time-out, unsigned. Like real operators, it ignores whether the
/// callback arrived.
/// </summary>
internal sealed class Callbacks : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout =
        TimeSpan.FromSeconds(5)
    };

    public async Task SendAsync(HttpMethod method, string url, object body, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(method, url) { Content = JsonContent.Create(body) };
            using var answer = await _http.SendAsync(request, cancel);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException
            && !cancel.IsCancellationRequested)
        {
            // The caller is away.
        }
    }

    public void Dispose() => _http.Dispose();
}
