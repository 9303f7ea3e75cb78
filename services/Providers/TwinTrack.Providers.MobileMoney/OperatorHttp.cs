using System.Globalization;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>One HTTP call, with bounds on everything that comes back.</summary>
internal static class OperatorHttp
{
    /// <summary>Most bytes of one answer. A page of 500 rows has about 250 KB.</summary>
    private const int AnswerMaxBytes = 4 * 1024 * 1024;

    public static async Task<OperatorAnswer> SendAsync(
        HttpClient http, HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return await ReadAsync(response, cancel);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return OperatorAnswer.Nothing("TIMEOUT");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            // The other side may or may not have read the request. Both look the same from here.
            return OperatorAnswer.Nothing("UNREACHABLE");
        }
    }

    private static async Task<OperatorAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
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
                return OperatorAnswer.Nothing("TOO_LARGE", status);
            }

            kept.Write(buffer, 0, read);
        }

        if (kept.Length == 0)
        {
            return OperatorAnswer.Nothing(OperatorAnswer.Empty, status);
        }

        return StrictJson.Parse(kept.ToArray()) is { } body
            ? new OperatorAnswer(status, body, "", Available(response)) : OperatorAnswer.Nothing("UNREADABLE", status);
    }

    private static int? Available(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Records-Available-Count", out var values)
        && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : null;
}
