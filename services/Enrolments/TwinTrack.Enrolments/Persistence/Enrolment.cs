using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Persistence;

/// <summary>A household's enrolment in a programme. There is at most one, for ever.</summary>
internal sealed class Enrolment
{
    public required string Programme { get; init; }

    public required long HouseholdNumber { get; init; }

    public required HouseholdId HouseholdId { get; init; }

    public required EnrolmentRunId RunId { get; init; }

    public EnrolmentState State { get; set; }

    /// <summary>Null while only selected.</summary>
    public DateTimeOffset? EnrolledAt { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }
}

/// <summary>One selection of households into a programme, with its result.</summary>
internal sealed class EnrolmentRun
{
    public required EnrolmentRunId Id { get; init; }

    public required string Programme { get; init; }

    /// <summary>
    /// The requested areas, joined by commas; empty means everywhere. <see cref="EnrolmentRunArea"/> holds the areas
    /// below them.
    /// </summary>
    public required string Areas { get; init; }

    /// <summary>0 to 10,000; null means any score.</summary>
    public required int? PovertyScoreMaxHundredths { get; init; }

    /// <summary>The last household registered at the time of the request. Later ones are not included.</summary>
    public required long LastNumber { get; init; }

    public required string RequestedBy { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public long Considered { get; set; }

    public long Enrolled { get; set; }

    public long OutsideAreas { get; set; }

    public long AbovePovertyScore { get; set; }

    public long Excluded { get; set; }

    public long Flagged { get; set; }

    public long AlreadyEnrolled { get; set; }
}

/// <summary>An area that a run selects from. Every area below the requested areas has its own row.</summary>
internal sealed class EnrolmentRunArea
{
    public required EnrolmentRunId RunId { get; init; }

    public required string Area { get; init; }
}

internal sealed class EnrolmentConfiguration : IEntityTypeConfiguration<Enrolment>
{
    public void Configure(EntityTypeBuilder<Enrolment> builder)
    {
        builder.ToTable("enrolments").HasKey(enrolment => new { enrolment.Programme, enrolment.HouseholdNumber });
        builder.Property(enrolment => enrolment.Programme).HasMaxLength(64);
        builder.HasIndex(enrolment => enrolment.HouseholdNumber);
    }
}

internal sealed class EnrolmentRunConfiguration : IEntityTypeConfiguration<EnrolmentRun>
{
    public void Configure(EntityTypeBuilder<EnrolmentRun> builder)
    {
        builder.ToTable("enrolment_runs").HasKey(run => run.Id);
        builder.Property(run => run.Programme).HasMaxLength(64);
    }
}

internal sealed class EnrolmentRunAreaConfiguration : IEntityTypeConfiguration<EnrolmentRunArea>
{
    public void Configure(EntityTypeBuilder<EnrolmentRunArea> builder)
    {
        builder.ToTable("enrolment_run_areas").HasKey(area => new { area.RunId, area.Area });
        builder.Property(area => area.Area).HasMaxLength(20);
    }
}
