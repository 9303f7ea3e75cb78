using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Persistence;

/// <summary>
/// A callback that is kept and not worked off. It comes with its evidence and goes with its effect, so that the
/// evidence itself, with its indexes, is written once.
/// </summary>
internal sealed class QueuedCallback
{
    public required string Channel { get; init; }

    /// <summary>Time-ordered: the order in which they came.</summary>
    public required EvidenceId EvidenceId { get; init; }

    public required EvidenceKind Kind { get; init; }

    /// <summary>The unit that was called back, or what the sender calls its message.</summary>
    public required string Name { get; init; }

    public required long Bytes { get; init; }

    public static QueuedCallback Of(Evidence kept) =>
        new() { Channel = kept.Channel, EvidenceId = kept.Id, Kind = kept.Kind, Name = kept.Name, Bytes = kept.Bytes };
}

internal sealed class QueuedCallbackConfiguration : IEntityTypeConfiguration<QueuedCallback>
{
    public void Configure(EntityTypeBuilder<QueuedCallback> builder)
    {
        builder.ToTable("waiting_callbacks").HasKey(row => new { row.Channel, row.EvidenceId });
    }
}
