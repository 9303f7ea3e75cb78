using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Enrolments.Domain;

namespace TwinTrack.Enrolments.Persistence;

/// <summary>
/// A suspicion that a household is the same as an earlier one. The import finds it, and a registrar decides.
/// </summary>
internal sealed class Duplicate
{
    /// <summary>From 1 in the order in which they were found.</summary>
    public required long Number { get; init; }

    public required DuplicateId Id { get; init; }

    public required DuplicateReason Reason { get; init; }

    /// <summary>The later one, which is held.</summary>
    public required long HouseholdNumber { get; init; }

    /// <summary>The earliest one that it resembles.</summary>
    public required long OtherNumber { get; init; }

    public DuplicateState State { get; set; }

    public required DateTimeOffset FoundAt { get; init; }

    public string? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }
}

internal sealed class DuplicateConfiguration : IEntityTypeConfiguration<Duplicate>
{
    public void Configure(EntityTypeBuilder<Duplicate> builder)
    {
        builder.ToTable("duplicates").HasKey(duplicate => duplicate.Number);
        builder.Property(duplicate => duplicate.Number).ValueGeneratedNever();
        builder.HasIndex(duplicate => duplicate.Id).IsUnique();
        builder.HasIndex(duplicate => new { duplicate.HouseholdNumber, duplicate.Reason }).IsUnique();
    }
}
