using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Persistence;

/// <summary>
/// A stored callback that is not processed yet. It is inserted with its evidence and deleted with its effect. So the
/// evidence row and its indexes are written once.
/// </summary>
internal sealed class QueuedCallback
{
    public required string Channel { get; init; }

    /// <summary>Time-ordered, so callbacks are processed in order of arrival.</summary>
    public required EvidenceId EvidenceId { get; init; }

    public required EvidenceKind Kind { get; init; }

    /// <summary>The unit of the callback, or the sender's message id.</summary>
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
