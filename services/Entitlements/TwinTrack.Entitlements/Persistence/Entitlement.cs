using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;

namespace TwinTrack.Entitlements.Persistence;

/// <summary>The amount due to one household in one cycle by one component. Inserted, never updated.</summary>
internal sealed class Entitlement
{
    /// <summary>
    /// The number of an <see cref="EntitlementId"/>. It is a plain Guid, because lists are paged and hashed in its
    /// order, which both engines share.
    /// </summary>
    public required Guid Id { get; init; }

    public required CycleId CycleId { get; init; }

    public required HouseholdId HouseholdId { get; init; }

    public required string Component { get; init; }

    /// <summary>Minor units of the cycle's currency, above zero.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>P-code.</summary>
    public required string Area { get; init; }

    public required string Instrument { get; init; }

    public required string PayeeFingerprint { get; init; }

    public required string FundingSource { get; init; }

    public required int ParameterVersion { get; init; }

    /// <summary>The worked lines as JSON.</summary>
    public required string Lines { get; init; }
}

internal sealed class EntitlementConfiguration : IEntityTypeConfiguration<Entitlement>
{
    public void Configure(EntityTypeBuilder<Entitlement> builder)
    {
        builder.ToTable("entitlements").HasKey(entitlement => entitlement.Id);
        builder.Property(entitlement => entitlement.Id).ValueGeneratedNever();
        // This unique key prevents the same entitlement twice.
        builder.HasIndex(entitlement => new { entitlement.CycleId, entitlement.HouseholdId, entitlement.Component })
            .IsUnique();
        builder.HasIndex(entitlement => new { entitlement.CycleId, entitlement.Id });
    }
}

/// <summary>
/// A household whose amount could not be calculated. The cycle cannot close until a person resolves it.
/// </summary>
internal sealed class CalculationFailure
{
    public required CycleId CycleId { get; init; }

    /// <summary>Its part of the caseload, and the row within it from 0.</summary>
    public required int Chunk { get; init; }

    public required int Row { get; init; }

    public required HouseholdId HouseholdId { get; init; }

    public required string Code { get; init; }

    public required string Reason { get; init; }
}

internal sealed class CalculationFailureConfiguration : IEntityTypeConfiguration<CalculationFailure>
{
    public void Configure(EntityTypeBuilder<CalculationFailure> builder) =>
        builder.ToTable("calculation_failures").HasKey(failure => new { failure.CycleId, failure.Chunk, failure.Row });
}
