using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TwinTrack.Cli.Remote;

/// <summary>
/// One service's audit chain, computed again from its API's entries. Each hash is SHA-256, as 64 lower-case hex digits,
/// over fields that are each ended by a line feed. The fields are sequence, instant in UTC microseconds since 1970,
/// actor, action, subject, details and previous hash. The first previous hash is 64 zeros.
/// </summary>
/// <param name="Broken">What does not fit, and where; null when all fits.</param>
internal sealed record AuditChain(string Service, long Entries, string LastHash, string? Broken)
{
    private static readonly string Genesis = new('0', 64);

    public static async Task<List<AuditChain>> VerifyAllAsync(
        Api api, Action<long, long> report, CancellationToken cancel)
    {
        var chains = new List<AuditChain>();
        foreach (var service in ServiceNames.All)
        {
            chains.Add(await VerifyAsync(api, service, cancel));
            report(chains.Count, ServiceNames.All.Length);
        }

        return chains;
    }

    private static async Task<AuditChain> VerifyAsync(Api api, string service, CancellationToken cancel)
    {
        var (count, last) = (0L, Genesis);
        long? after = 0;
        while (after is not null)
        {
            var page =
                await api.GetAsync(
                    Invariant($"/{service}/audit?after={after}&limit=1000"), cancel);
            foreach (var entry in page.List("entries"))
            {
                count++;
                if (Fault(entry, count, last) is { } fault)
                {
                    return new AuditChain(service, count, last, fault);
                }

                last = entry.Require("hash");
            }

            after = page.At("next")?.GetInt64();
        }

        return new AuditChain(service, count, last, null);
    }

    /// <summary>What is wrong with one link; null when nothing is.</summary>
    internal static string? Fault(JsonElement entry, long expected, string previous)
    {
        var sequence = entry.Number("sequence");
        if (sequence != expected)
        {
            return Invariant($"entry {expected} is missing; {sequence} follows");
        }

        if (entry.Text("previousHash") != previous)
        {
            return Invariant($"entry {sequence} does not follow the entry before it");
        }

        var at = DateTimeOffset.Parse(entry.Require("at"), CultureInfo.InvariantCulture);
        var micros = (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{sequence}\n{micros}\n{entry.Text("actor")}\n{entry.Text("action")}\n{entry.Text("subject")}\n"
                + $"{entry.Text("details")}\n{previous}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) == entry.Text("hash")
            ? null
            : Invariant($"entry {sequence} ({entry.Text("action")}) is not what was recorded");
    }
}
