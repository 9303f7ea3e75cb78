using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Enrolments.Domain;

namespace TwinTrack.Enrolments.Persistence;

/// <summary>
/// One import of a registry file. Its counters change in the transaction of the rows that they count.
/// </summary>
internal sealed class Import
{
    public required ImportId Id { get; init; }

    /// <summary>From 1 in order of arrival. Imports are processed one after another.</summary>
    public required long Number { get; init; }

    public required string Name { get; init; }

    /// <summary>64 hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>1, plus one for each upload of the same file after a refusal.</summary>
    public required int Attempt { get; init; }

    public required long Bytes { get; init; }

    public required string ImportedBy { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public ImportState State { get; set; }

    /// <summary>Where the next unread line begins, in bytes; 0 before the header.</summary>
    public long NextByte { get; set; }

    /// <summary>Number of the next unread line; the header is 1.</summary>
    public long NextLine { get; set; } = 1;

    /// <summary>
    /// The households of this import have the numbers from here to <see cref="NextNumber"/>, that one excluded.
    /// </summary>
    public long FirstNumber { get; set; }

    public long NextNumber { get; set; }

    public long Rows { get; set; }

    public long Households { get; set; }

    public long Accepted { get; set; }

    public long Rejected { get; set; }

    public long RowsRejected { get; set; }

    public long Duplicates { get; set; }

    public long Flagged { get; set; }

    /// <summary>Row errors stored so far; the last one's number.</summary>
    public long Errors { get; set; }

    public string? RefusalCode { get; set; }

    public string? RefusalReason { get; set; }

    public long? RefusalRow { get; set; }

    public ImportCounts Tally
    {
        get => new(Rows, Households, Accepted, Rejected, RowsRejected, Duplicates, Flagged);
        set => (Rows, Households, Accepted, Rejected, RowsRejected, Duplicates, Flagged) =
            (value.Rows, value.Households, value.Accepted, value.Rejected, value.RowsRejected, value.Duplicates,
                value.Flagged);
    }

    /// <exception cref="InvalidOperationException">
    /// The lifecycle has no such transition. This is a bug in the job.
    /// </exception>
    public void Change(ImportTrigger on) => State = ImportLifecycle.Table.Next(State, on)
        .Match(next => next, refusal => throw new InvalidOperationException(refusal.Reason));
}

/// <summary>One error in one row, without the value.</summary>
internal sealed class ImportError
{
    public required ImportId ImportId { get; init; }

    /// <summary>From 1 within the import.</summary>
    public required long Number { get; init; }

    public required long Row { get; init; }

    public required string Field { get; init; }

    public required string Code { get; init; }

    public required string Reason { get; init; }
}

internal sealed class ImportConfiguration : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> builder)
    {
        builder.ToTable("imports").HasKey(import => import.Id);
        builder.Ignore(import => import.Tally);
        builder.HasIndex(import => import.Number).IsUnique();
        builder.HasIndex(import => new { import.Sha256, import.Attempt }).IsUnique();
        builder.Property(import => import.Name).HasMaxLength(140);
    }
}

internal sealed class ImportErrorConfiguration : IEntityTypeConfiguration<ImportError>
{
    public void Configure(EntityTypeBuilder<ImportError> builder) =>
        builder.ToTable("import_errors").HasKey(error => new { error.ImportId, error.Number });
}
