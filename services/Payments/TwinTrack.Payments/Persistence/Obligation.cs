using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Payments.Persistence;

/// <summary>
/// An amount that is owed once. It has the number of its entitlement, and the programme and currency of its cycle.
/// </summary>
internal sealed class Obligation
{
    public required ObligationId Id { get; init; }

    public required CycleId CycleId { get; init; }

    public required HouseholdId HouseholdId { get; init; }

    public required string Component { get; init; }

    /// <summary>Minor units of the cycle's currency; above zero; never changes.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>P-code.</summary>
    public required string Area { get; init; }

    /// <summary>mobile, bank or cash.</summary>
    public required string Instrument { get; init; }

    /// <summary>Keyed hash of payee name, instrument and account; 64 hex digits.</summary>
    public required string PayeeFingerprint { get; init; }

    public required string FundingSource { get; init; }

    public BatchId? BatchId { get; set; }

    /// <summary>The highest generation that was ever planned; zero before the first.</summary>
    public int LastPlanned { get; set; }

    /// <summary>The generation that was last released; zero before the first.</summary>
    public int LastReleased { get; set; }

    /// <summary>Why it is unpaid now; null while an attempt is live or has not been planned.</summary>
    public string? UnpaidReason { get; set; }

    /// <summary>While this is set the obligation is never planned again, because it may have been paid.</summary>
    public IncidentId? BlockedByIncident { get; set; }

    /// <summary>The obligation whose partial delivery left this remainder.</summary>
    public ObligationId? RemainderOf { get; init; }

    /// <summary>
    /// The batch that left it unpaid: by a partial delivery, or before a follow-up batch took it. While it is in no
    /// batch, that batch reports it and its follow-up takes it.
    /// </summary>
    public BatchId? LeftByBatch { get; set; }
}

/// <summary>
/// The one live attempt of an obligation. The primary key of this table prevents a second one, independent of the code.
/// </summary>
internal sealed class ObligationClaim
{
    public required ObligationId ObligationId { get; init; }

    public required InstructionId InstructionId { get; init; }

    public required int Generation { get; init; }

    /// <summary>Fence epoch of the channel it was released to.</summary>
    public required long Epoch { get; init; }
}

internal sealed class ObligationConfiguration : IEntityTypeConfiguration<Obligation>
{
    public void Configure(EntityTypeBuilder<Obligation> builder)
    {
        builder.ToTable("obligations").HasKey(obligation => obligation.Id);
        builder.Property(obligation => obligation.Id).ValueGeneratedNever();
        builder.HasIndex(obligation => new { obligation.CycleId, obligation.HouseholdId, obligation.Component })
            .IsUnique();
        builder.HasIndex(obligation => new { obligation.CycleId, obligation.BatchId, obligation.Id });
        builder.HasIndex(obligation => new { obligation.BatchId, obligation.Id });
        builder.HasIndex(obligation => obligation.LeftByBatch).HasFilter("left_by_batch IS NOT NULL");
        // Few obligations are unpaid at any time. The job that plans them again must not read the rest.
        builder.HasIndex(obligation => new { obligation.BatchId, obligation.Id }, "ix_obligations_unpaid")
            .HasFilter("unpaid_reason IS NOT NULL");
    }
}

internal sealed class ObligationClaimConfiguration : IEntityTypeConfiguration<ObligationClaim>
{
    public void Configure(EntityTypeBuilder<ObligationClaim> builder)
    {
        builder.ToTable("obligation_claims").HasKey(claim => claim.ObligationId);
        builder.Property(claim => claim.ObligationId).ValueGeneratedNever();
    }
}
