using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Payments.Persistence;

/// <summary>One attempt to pay an obligation over one channel. Changed by guarded set updates only.</summary>
internal sealed class Instruction
{
    public required InstructionId Id { get; init; }

    public required ObligationId ObligationId { get; init; }

    /// <summary>From 1, unique within its obligation.</summary>
    public required int Generation { get; init; }

    public required BatchId BatchId { get; init; }

    /// <summary>Written by <see cref="Instructions.InstructionStateWriter"/> alone.</summary>
    public InstructionState State { get; private set; }

    /// <summary>Counts the changes since it was planned; the release is 1.</summary>
    public int Version { get; set; }

    /// <summary>Minor units; above zero; never changes.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>Delivered, minor units; zero until settled.</summary>
    public long SettledMinor { get; set; }

    /// <summary>Null until Routing has chosen.</summary>
    public string? Channel { get; set; }

    /// <summary>1 government, 2 aligned; 0 without a channel.</summary>
    public int Track { get; set; }

    public long Epoch { get; set; }

    /// <summary>Routing's reason for the channel, or for none; null until it has answered.</summary>
    public string? Why { get; set; }

    /// <summary>The switch that led here.</summary>
    public SwitchId? SwitchId { get; set; }

    /// <summary>
    /// What freed the attempt before this one: a word of <see cref="FreeingEvidence"/>. Null for a first attempt.
    /// </summary>
    public string? Evidence { get; init; }

    /// <summary>The switch whose move found it in doubt and left it waiting.</summary>
    public SwitchId? FoundInDoubtBy { get; set; }

    /// <summary>Code and grade of the report that led to the state.</summary>
    public string? Code { get; set; }

    public string? Grade { get; set; }

    /// <summary>While planned: when Routing was last asked.</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>
    /// The forced move that gave it up without evidence. Kept for ever, whatever evidence comes later.
    /// </summary>
    public ForcedMoveId? ForcedBy { get; set; }
}

internal sealed class InstructionConfiguration : IEntityTypeConfiguration<Instruction>
{
    public void Configure(EntityTypeBuilder<Instruction> builder)
    {
        builder.ToTable("instructions").HasKey(instruction => instruction.Id);
        builder.Property(instruction => instruction.Id).ValueGeneratedNever();
        builder.Property(instruction => instruction.FoundInDoubtBy).HasColumnName("held_by");
        // No index on the state or another changing column, so that PostgreSQL updates rows in place.
        builder.HasIndex(instruction => new { instruction.ObligationId, instruction.Generation }).IsUnique();
    }
}
