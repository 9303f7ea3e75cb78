using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Payments.Persistence;

/// <summary>
/// A source's deposits for a programme, and the amount that batches have committed. The rest is never below zero.
/// </summary>
internal sealed class Fund
{
    public required string Programme { get; init; }

    public required string FundingSource { get; init; }

    public required string Currency { get; init; }

    /// <summary>Minor units.</summary>
    public long DepositedMinor { get; set; }

    /// <summary>Minor units; at most what was deposited.</summary>
    public long CommittedMinor { get; set; }
}

/// <summary>One movement of a fund. Never changed.</summary>
internal sealed class FundMovement
{
    public required MovementId Id { get; init; }

    /// <summary>deposited, committed or decommitted.</summary>
    public required string Kind { get; init; }

    public required string Programme { get; init; }

    public required string FundingSource { get; init; }

    public BatchId? BatchId { get; init; }

    public required long AmountMinor { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class FundConfiguration : IEntityTypeConfiguration<Fund>
{
    public void Configure(EntityTypeBuilder<Fund> builder)
    {
        builder.ToTable(
            "funds", table => table.HasCheckConstraint(
                "ck_funds_balance", "committed_minor >= 0 AND committed_minor <= deposited_minor"));
        builder.HasKey(fund => new { fund.Programme, fund.FundingSource });
    }
}

internal sealed class FundMovementConfiguration : IEntityTypeConfiguration<FundMovement>
{
    public void Configure(EntityTypeBuilder<FundMovement> builder)
    {
        builder.ToTable("fund_movements").HasKey(movement => movement.Id);
        builder.Property(movement => movement.Id).ValueGeneratedNever();
        builder.HasIndex(movement => movement.BatchId);
    }
}
