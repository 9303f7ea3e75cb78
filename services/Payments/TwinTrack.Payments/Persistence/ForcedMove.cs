using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Payments.Persistence;

/// <summary>Two parties' decision to give up attempts in doubt, and the source that bears the loss.</summary>
internal sealed class ForcedMove
{
    public required ForcedMoveId Id { get; init; }

    public ForcedMoveState State { get; set; }

    public required SwitchId SwitchId { get; init; }

    public required string Programme { get; init; }

    public required string Currency { get; init; }

    /// <summary>Hash over instruction ids and amounts; 64 hex digits. Both people decide on this hash.</summary>
    public required string ListHash { get; init; }

    public required long Count { get; init; }

    public required long SumMinor { get; init; }

    /// <summary>Code of the funding source that bears the loss.</summary>
    public required string Bearer { get; init; }

    public required string ProposedBy { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    public string? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public required string Note { get; set; }

    public int Version { get; set; }
}

internal sealed class ForcedMoveConfiguration : IEntityTypeConfiguration<ForcedMove>
{
    public void Configure(EntityTypeBuilder<ForcedMove> builder)
    {
        // The database ensures that two different people decide, independent of the code.
        builder.ToTable(
            "forced_moves",
            table => table.HasCheckConstraint("ck_forced_moves_two_people", "decided_by <> proposed_by"))
            .HasKey(forced => forced.Id);
        builder.Property(forced => forced.Id).ValueGeneratedNever();
        builder.Property(forced => forced.Version).IsConcurrencyToken();
        builder.HasIndex(forced => forced.SwitchId);
    }
}
