using System.Net;

namespace TwinTrack.Clients;

/// <summary>
/// Sends a request again while nothing is known of its effect, for a bounded time. Only reads and requests with an
/// idempotency key are sent again: the host does a keyed request once, however often it comes.
/// </summary>
/// <param name="patience">How long to go on.</param>
/// <param name="clock">Measures the patience and the pauses.</param>
public sealed class PatienceHandler(TimeSpan patience, TimeProvider clock) : DelegatingHandler
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var mayRepeat = request.Method == HttpMethod.Get || request.Headers.Contains(IdempotencyKeyHandler.Header);
        var started = clock.GetTimestamp();
        while (true)
        {
            var pause = Pause;
            HttpResponseMessage? answer = null;
            try
            {
                answer = await base.SendAsync(request, cancellationToken);
                // Read here, so that a connection that is cut in the middle of an answer counts as no answer.
                await answer.Content.LoadIntoBufferAsync(cancellationToken);
                if (IsAboutTheRequest(answer) || !mayRepeat || IsOver(started))
                {
                    return answer;
                }

                pause = answer.Headers.RetryAfter?.Delta ?? Pause;
                answer.Dispose();
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException && mayRepeat && !IsOver(started)
                && !cancellationToken.IsCancellationRequested)
            {
                // No answer came. The same request with the same key finds out what happened.
                answer?.Dispose();
            }

            await Task.Delay(pause < patience ? pause : patience, clock, cancellationToken);
        }
    }

    /// <summary>
    /// Whether the answer speaks of the request. An error of the server, or an answer with <c>Retry-After</c> (RFC
    /// 9110, 10.2.3), speaks of the server's state at this moment.
    /// </summary>
    private static bool IsAboutTheRequest(HttpResponseMessage answer) =>
        answer.IsSuccessStatusCode
            || (answer.StatusCode < HttpStatusCode.InternalServerError && answer.Headers.RetryAfter?.Delta is null);

    private bool IsOver(long started) => clock.GetElapsedTime(started) >= patience;
}
