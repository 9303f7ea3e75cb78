namespace TwinTrack.Simulators.MobileMoney;

/// <summary>PUTs to the caller's X-Callback-URL: once, with little patience, unsigned. Like the operators that it stands for, it does not care whether it arrived.</summary>
internal sealed class Callbacks : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(5) };

    public async Task SendAsync(string url, object body, CancellationToken cancel)
    {
        try
        {
            using var answer = await _http.PutAsJsonAsync(url, body, cancel);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            // The caller is away.
        }
    }

    public void Dispose() => _http.Dispose();
}
