using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace TwinTrack.Simulators.Agency;

/// <summary>
/// The agency's own client of the government's API. It fetches lists and stop lists into the agency's directory and
/// uploads the agency's files. Its only record is the files. If it is not sure, it repeats a call, because the other
/// side recognises repeats.
/// </summary>
internal sealed class PartnerCourier : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _walking;
    private readonly string _incoming;
    private readonly string _outgoing;
    private readonly string _brought;

    /// <param name="api">Address up to the channel: .../providers/partner/t2-agency/.</param>
    /// <param name="token">A bearer token of the partner's account.</param>
    /// <param name="directory">The agency's.</param>
    /// <param name="clock">For the pauses.</param>
    internal PartnerCourier(Uri api, string token, string directory, TimeProvider clock)
    {
        _http.BaseAddress = api;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _incoming = Path.Combine(directory, "to-provider");
        _outgoing = Path.Combine(directory, "from-provider");
        _brought = Directory.CreateDirectory(Path.Combine(_outgoing, "brought")).FullName;
        _walking = Task.Run(() => WalkOnAsync(clock));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _walking;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task WalkOnAsync(TimeProvider clock)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await WalkAsync(_stop.Token);
                await Task.Delay(Pause, clock, _stop.Token);
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException
                && !_stop.IsCancellationRequested)
            {
                // The other side is unreachable or refuses. The next round tries again.
                await Task.Delay(Pause * 10, clock, CancellationToken.None);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>One round of fetching and uploading. The next round repeats failed calls.</summary>
    private async Task WalkAsync(CancellationToken cancel)
    {
        await FetchAsync(cancel);
        foreach (var path in Directory.EnumerateFiles(_outgoing)
            .Where(path => !path.EndsWith(".tmp", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList())
        {
            using var content = new ByteArrayContent(await File.ReadAllBytesAsync(path, cancel));
            using var answer = await _http.PutAsync(
                new Uri($"answers/{Path.GetFileName(path)}", UriKind.Relative), content, cancel);
            answer.EnsureSuccessStatusCode();
            File.Move(path, Path.Combine(_brought, Path.GetFileName(path)), overwrite: true);
        }
    }

    private async Task FetchAsync(CancellationToken cancel)
    {
        string? after = null;
        do
        {
            var page = await _http.GetFromJsonAsync<JsonElement>(
                new Uri($"tranches?limit=100&after={after}", UriKind.Relative), cancel);
            foreach (var tranche in page.GetProperty("items").EnumerateArray())
            {
                await FetchAsync(tranche.GetProperty("reference").GetString()!,
                    tranche.GetProperty("file").GetString()!, cancel);
            }

            after = page.GetProperty("next").GetString();
        }
        while (after is not null);
    }

    /// <summary>The control file first, as in a file transfer, so that a list is never seen without it.</summary>
    private async Task FetchAsync(string reference, string file, CancellationToken cancel)
    {
        if (!File.Exists(Path.Combine(_incoming, file)) && !File.Exists(Path.Combine(_incoming, "read", file)))
        {
            await LayDownAsync($"{reference}.control.json",
                await _http.GetByteArrayAsync(new Uri($"tranches/{reference}/control", UriKind.Relative), cancel),
                cancel);
            await LayDownAsync(
                file, await _http.GetByteArrayAsync(new Uri($"tranches/{reference}/list", UriKind.Relative), cancel),
                cancel);
        }
    }

    private async Task LayDownAsync(string name, byte[] content, CancellationToken cancel)
    {
        var path = Path.Combine(_incoming, name);
        await File.WriteAllBytesAsync($"{path}.tmp", content, cancel);
        File.Move($"{path}.tmp", path, overwrite: true);
    }
}
