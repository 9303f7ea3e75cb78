using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Persistence;

/// <summary>
/// The stop of one switch or suspension on one channel, with its running answer. Written under the gate's lock, and
/// never deleted.
/// </summary>
internal sealed class StoredStop
{
    public required string Channel { get; init; }

    /// <summary>Rises by one with each stop of the channel.</summary>
    public required long Epoch { get; init; }

    /// <summary>The switch, swi_..., or the suspension, sus_....</summary>
    public required string SwitchId { get; init; }

    public required string Programme { get; init; }

    /// <summary>P-codes as JSON; an empty list means all.</summary>
    public required string Areas { get; init; }

    /// <summary>The proof: the journal's last sequence when the stop was set.</summary>
    public required long LastSequence { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Covered orders withdrawn for this stop; null until all are.</summary>
    public long? Withdrawn { get; set; }

    /// <summary>Recalls under way; null until all are asked.</summary>
    public long? RecallsAsked { get; set; }

    /// <summary>Sent, not final, and not asked back; null until all are asked.</summary>
    public long? NotRecallable { get; set; }

    public ScopeStop AsStop() => new(Epoch, Programme, JsonSerializer.Deserialize<List<string>>(Areas)!);

    /// <summary>All that is known so far.</summary>
    public ScopeStopped Answer() =>
        new(SwitchId, Channel, Epoch, LastSequence, At, Withdrawn, RecallsAsked, NotRecallable);
}

internal sealed class StoredStopConfiguration : IEntityTypeConfiguration<StoredStop>
{
    public void Configure(EntityTypeBuilder<StoredStop> builder)
    {
        builder.ToTable("stops").HasKey(stop => new { stop.Channel, stop.Epoch });
        builder.Property(stop => stop.Epoch).ValueGeneratedNever();
    }
}

/// <summary>The stops of a channel, and <see cref="StopRule"/> as the database asks it.</summary>
internal static class StopQuery
{
    /// <summary>
    /// The stops that may cover an order of this epoch. Most channels have none. The caller holds the gate, so that no
    /// stop comes between.
    /// </summary>
    public static async Task<List<ScopeStop>> StopsAfterAsync(this ProvidersDb db, string channel, long epoch,
        CancellationToken cancel) =>
        [.. (await db.Stops.AsNoTracking().Where(stop => stop.Channel == channel && stop.Epoch > epoch)
            .OrderBy(stop => stop.Epoch).ToListAsync(cancel)).Select(stop => stop.AsStop())];

    public static IQueryable<QueueRow> CoveredBy(this IQueryable<QueueRow> rows, ScopeStop stop)
    {
        var areas = stop.Areas.ToList();
        return areas.Count == 0
            ? rows.Where(row => row.Epoch < stop.Epoch && row.Programme == stop.Programme)
            : rows.Where(row =>
                row.Epoch < stop.Epoch && row.Programme == stop.Programme && areas.Contains(row.Area));
    }

    public static IQueryable<QueueRow> NotCoveredBy(this IQueryable<QueueRow> rows, IEnumerable<ScopeStop> stops)
    {
        foreach (var stop in stops)
        {
            var areas = stop.Areas.ToList();
            rows = areas.Count == 0
                ? rows.Where(row => row.Epoch >= stop.Epoch || row.Programme != stop.Programme)
                : rows.Where(row =>
                    row.Epoch >= stop.Epoch || row.Programme != stop.Programme || !areas.Contains(row.Area));
        }

        return rows;
    }
}
