using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Routing.Domain.Rules;

namespace TwinTrack.Routing.Persistence;

/// <summary>
/// One version of one rule. Inserted, never changed: the rule book is the newest version of each that has not ended.
/// </summary>
internal sealed class RuleRow
{
    /// <summary>
    /// Counts every change of the book from 1; of two who change it at once, one fails on it and may ask again.
    /// </summary>
    public required long Number { get; init; }

    public required RuleKind Kind { get; init; }

    public required string RuleId { get; init; }

    /// <summary>From 1, within the rule.</summary>
    public required int Version { get; init; }

    /// <summary>JSON; of the version before, where this one ends it.</summary>
    public required string Body { get; init; }

    public required bool Ended { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    public RuleEntry Read() => new(Kind, RuleId, Version, RuleText.Read(Kind, Body), By, At);
}

internal sealed class RuleRowConfiguration : IEntityTypeConfiguration<RuleRow>
{
    public void Configure(EntityTypeBuilder<RuleRow> builder)
    {
        builder.ToTable("rules").HasKey(row => row.Number);
        builder.Property(row => row.Number).ValueGeneratedNever();
        builder.HasIndex(row => new { row.Kind, row.RuleId, row.Version }).IsUnique();
    }
}
