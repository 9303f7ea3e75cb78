namespace TwinTrack.Proving.Chaos;

/// <summary>
/// Delivers messages again and out of order. A trigger in each service's database copies deleted outbox rows. Some
/// copies are put back, and the service itself sends them over its own bus.
/// </summary>
internal sealed class Redelivery(Tables tables)
{
    /// <summary>
    /// One in this many has a new message id, like a sender that forgot the first sending. Only the business key is the
    /// same.
    /// </summary>
    private const int NewNumberOneIn = 4;

    public async Task BeginAsync(CancellationToken cancel)
    {
        foreach (var service in Tables.Services)
        {
            await tables.TapAsync(service, cancel);
        }
    }

    /// <summary>
    /// Puts back random deleted rows, each due at a random moment of the next second. Returns how many.
    /// </summary>
    public async Task<int> AgainAsync(string service, int messages, CancellationToken cancel)
    {
        var columns = await tables.ColumnsAsync(service, "outbox", cancel);
        var chosen =
            await tables.AskAsync(
                service, Invariant($"SELECT message_id, destination FROM chaos_tap ORDER BY random() LIMIT {messages}"),
                cancel);
        var sent = 0;
        for (var number = 0; number < chosen.Count; number++)
        {
            var id = Guid.ParseExact(chosen[number][0], "n");
            var values = columns.Select(column => column switch
            {
                "message_id" => "@number",
                "due_at" => $"due_at + {tables.RandomBelow(1_000_000)}",
                "attempts" => "0",
                _ => column,
            });
            sent += await tables.DoAsync(
                service,
                $"INSERT INTO outbox ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM chaos_tap "
                    + $"WHERE message_id = @id AND destination = @destination LIMIT 1 ON CONFLICT DO NOTHING",
                cancel,
                ("@number", number % NewNumberOneIn == 0 ? Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) : id),
                ("@id", id),
                ("@destination", chosen[number][1]));
        }

        return sent;
    }

    /// <summary>Delays waiting messages at random, so that later messages overtake them. Returns how many.</summary>
    public Task<int> ShuffleAsync(string service, int byMilliseconds, CancellationToken cancel) =>
        tables.DoAsync(service, $"UPDATE outbox SET due_at = due_at + {tables.RandomBelow(byMilliseconds * 1_000)}",
            cancel);
}
