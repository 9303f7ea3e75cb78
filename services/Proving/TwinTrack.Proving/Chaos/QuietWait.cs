using System.Data.Common;
using System.Globalization;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Proving.Chaos;

/// <summary>Waits for rest: every message has its receipt, and no job is due or running.</summary>
internal static class QuietWait
{
    private const int Looks = 3;

    public static Task UntilQuietAsync(Tables tables, CancellationToken cancel)
    {
        var quiet = 0;
        return Waiting.UntilAsync(
            "everything to come to rest",
            async () =>
            {
                var busy = await BusyAsync(tables, cancel);
                quiet = busy.Length == 0 ? quiet + 1 : 0;
                return busy;
            },
            _ => quiet >= Looks,
            busy => (busy, quiet),
            cancel);
    }

    /// <summary>What is still busy, for people; empty when nothing is.</summary>
    private static async Task<string> BusyAsync(Tables tables, CancellationToken cancel)
    {
        var now = TimeProvider.System.GetUtcNow();
        var micros = ((now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond).ToString(
            CultureInfo.InvariantCulture);
        var busy = new List<string>();
        foreach (var service in Tables.Services)
        {
            try
            {
                var rows = await tables.AskAsync(
                    service,
                    "SELECT 'message', COUNT(*) FROM outbox UNION ALL "
                    + $"SELECT 'job', COUNT(*) FROM jobs WHERE state = 'Running' AND (lease_owner IS NOT NULL OR "
                        + $"due_at <= {micros} OR attempts > 0)",
                    cancel);
                busy.AddRange(rows.Where(row => row[1] != "0").Select(row => $"{row[1]} {row[0]}s of {service}"));
            }
            catch (DbException fault)
            {
                busy.Add($"{service}: {fault.Message}");
            }
        }

        return string.Join(", ", busy);
    }
}
