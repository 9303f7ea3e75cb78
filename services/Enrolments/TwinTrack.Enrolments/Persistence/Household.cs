using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Persistence;

/// <summary>A household of the social registry.</summary>
internal sealed class Household
{
    /// <summary>
    /// In order of registration over all imports. Within a file, a later household has a higher number.
    /// </summary>
    public required long Number { get; init; }

    public required HouseholdId Id { get; init; }

    /// <summary>The registry's own id; unique.</summary>
    public required string RegistryId { get; init; }

    public required ImportId ImportId { get; init; }

    /// <summary>Line of the head in the imported file.</summary>
    public required long Row { get; init; }

    public required string Area { get; init; }

    /// <summary>0 to 10,000; the lower the poorer.</summary>
    public required int PovertyScoreHundredths { get; init; }

    public required DateOnly RegisteredOn { get; init; }

    public required int MemberCount { get; init; }

    public HouseholdState State { get; set; }
}

/// <summary>A person of a household.</summary>
internal sealed class Member
{
    public required long HouseholdNumber { get; init; }

    /// <summary>1 is the head and recipient.</summary>
    public required int Position { get; init; }

    /// <summary>Sealed under the key <c>payee</c>.</summary>
    public required string NameSealed { get; init; }

    public required Sex Sex { get; init; }

    public required DateOnly BirthDate { get; init; }

    /// <summary>128 bits of a keyed hash, 32 hex digits, only for comparison. Null without a national id.</summary>
    public required string? NationalIdFingerprint { get; init; }
}

/// <summary>How a household's head is paid.</summary>
internal sealed class PayeeInstrument
{
    public required long HouseholdNumber { get; init; }

    /// <summary>mobile, bank or cash.</summary>
    public required string Kind { get; init; }

    /// <summary>As <c>PayeeRow.Sealed</c> of the contracts documents it; made once, at import.</summary>
    public required string PayeeSealed { get; init; }

    /// <summary>64 hex digits over payee, instrument and account.</summary>
    public required string PayeeFingerprint { get; init; }

    /// <summary>128 bits of a keyed hash over the account alone, 32 hex digits. Null for cash.</summary>
    public required string? AccountFingerprint { get; init; }
}

internal sealed class HouseholdConfiguration : IEntityTypeConfiguration<Household>
{
    public void Configure(EntityTypeBuilder<Household> builder)
    {
        builder.ToTable("households").HasKey(household => household.Number);
        builder.Property(household => household.Number).ValueGeneratedNever();
        builder.Property(household => household.RegistryId).HasMaxLength(32);
        builder.Property(household => household.Area).HasMaxLength(20);
        builder.HasIndex(household => household.Id).IsUnique();
        builder.HasIndex(household => household.RegistryId).IsUnique();
    }
}

internal sealed class MemberConfiguration : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> builder)
    {
        builder.ToTable("members").HasKey(member => new { member.HouseholdNumber, member.Position });
        builder.Property(member => member.Sex).HasMaxLength(1);
        builder.Property(member => member.NationalIdFingerprint).HasMaxLength(32);
        builder.HasIndex(member => new { member.NationalIdFingerprint, member.HouseholdNumber })
            .HasFilter("national_id_fingerprint is not null");
    }
}

internal sealed class PayeeInstrumentConfiguration : IEntityTypeConfiguration<PayeeInstrument>
{
    public void Configure(EntityTypeBuilder<PayeeInstrument> builder)
    {
        builder.ToTable("instruments").HasKey(instrument => instrument.HouseholdNumber);
        builder.Property(instrument => instrument.HouseholdNumber).ValueGeneratedNever();
        builder.Property(instrument => instrument.Kind).HasMaxLength(16);
        builder.Property(instrument => instrument.PayeeFingerprint).HasMaxLength(64);
        builder.Property(instrument => instrument.AccountFingerprint).HasMaxLength(32);
        builder.HasIndex(instrument => new { instrument.AccountFingerprint, instrument.HouseholdNumber })
            .HasFilter("account_fingerprint is not null");
    }
}
