using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace TwinTrack.Simulators.MobileMoney.Operators;

/// <summary>Bearer tokens of an operator. Each is valid for a limited time.</summary>
internal sealed class Tokens(SimulatorOptions options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new();
    private int _issued;

    public object Issue(bool secondsAsText = false)
    {
        var token =
            Invariant($"token-{Interlocked.Increment(ref _issued)}-{Guid.CreateVersion7(clock.GetUtcNow()):n}");
        _until[token] = clock.GetUtcNow().AddSeconds(options.TokenSeconds);
        return new
        {
            access_token = token,
            token_type = "Bearer",
            expires_in = secondsAsText ? options.TokenSeconds.ToString(CultureInfo.InvariantCulture)
                : (object)options.TokenSeconds,
        };
    }

    public bool Takes(HttpContext http) =>
        http.Request.Headers.Authorization.ToString() is { } header
            && header.StartsWith("Bearer ", StringComparison.Ordinal)
        && _until.TryGetValue(header["Bearer ".Length..], out var until) && clock.GetUtcNow() < until;

    /// <summary>Basic authentication with any user, whose password is our key.</summary>
    public bool Knows(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.Ordinal))
        {
            return false;
        }

        var pair = new byte[header.Length];
        return Convert.TryFromBase64String(header["Basic ".Length..], pair, out var length)
            && Encoding.UTF8.GetString(pair, 0, length).Split(':', 2) is [{ Length: > 0 }, var password]
            && Opens(password);
    }

    public bool Opens(string? password) => options.ApiKey is null || password == options.ApiKey;
}
