namespace TwinTrack.Providers.MobileMoney;

/// <summary>
/// The bearer token of one connection. A new token is fetched when the old one has expired, once for all callers that
/// wait. Thread-safe.
/// </summary>
internal sealed class TokenCache
{
    private readonly Lock _gate = new();
    private Entry? _current;
    private Task<OperatorAnswer>? _fetching;

    private sealed record Entry(string Token, DateTimeOffset Until);

    /// <param name="refused">A token that the operator refused. It is not returned again.</param>
    /// <param name="fetch">
    /// Fetches the operator's answer: <c>access_token</c> and <c>expires_in</c> in seconds, as number (RFC 6749, 5.1)
    /// or text. The connection limits its time.
    /// </param>
    /// <param name="clock">For the token's expiry.</param>
    /// <param name="cancel">Ours.</param>
    /// <returns>The token, or the answer that explains why there is none.</returns>
    public async Task<(string? Token, OperatorAnswer? Refusal)> GetAsync(
        string? refused, Func<Task<OperatorAnswer>> fetch, TimeProvider clock, CancellationToken cancel)
    {
        Task<OperatorAnswer> fetching;
        lock (_gate)
        {
            if (Usable(refused, clock) is { } known)
            {
                return (known, null);
            }

            fetching = _fetching is { IsCompleted: false } ? _fetching : _fetching = FetchAsync(fetch, clock);
        }

        var answer = await fetching.WaitAsync(cancel);
        return answer.IsGood ? (answer["access_token"], null) : (null, answer);
    }

    private async Task<OperatorAnswer> FetchAsync(Func<Task<OperatorAnswer>> fetch, TimeProvider clock)
    {
        await Task.Yield();
        var answer = await fetch();
        if (!answer.IsGood || answer["access_token"] is not { Length: > 0 } token)
        {
            return answer.IsGood ? OperatorAnswer.Nothing("NO_TOKEN", answer.Status) : answer;
        }

        // Expires a fifth early, so that no token expires during a call.
        var entry =
            new Entry(
                token, clock.GetUtcNow().AddSeconds(
                    0.8 * Math.Clamp(answer.Body.NumberAt("expires_in") ?? 60, 1, 86_400)));
        lock (_gate)
        {
            _current = entry;
        }

        return answer;
    }

    /// <remarks>Needs the gate.</remarks>
    private string? Usable(string? refused, TimeProvider clock) =>
        _current is { } entry && entry.Token != refused && clock.GetUtcNow() < entry.Until ? entry.Token : null;
}
