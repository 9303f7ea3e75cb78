namespace TwinTrack.Platform.Health;

/// <summary>
/// Asks a running process for its readiness. Compose files run it inside an image that has no shell and no curl.
/// </summary>
internal static class SelfProbe
{
    private const string PortDefault = "8080";
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(4);

    /// <param name="address">
    /// Of the process; null asks the one in this container, at the port that images listen on.
    /// </param>
    /// <returns>0 when it is ready, else 1.</returns>
    internal static async Task<int> AskAsync(string? address)
    {
        address ??= $"http://127.0.0.1:"
            + $"{Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS")?.Split(';')[0] ?? PortDefault}";
        using var http =
            new HttpClient(new SocketsHttpHandler { UseProxy = false })
            {
                BaseAddress = new Uri(address),
                Timeout = AnswerMax
            };
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            Console.Out.WriteLine(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }
}
