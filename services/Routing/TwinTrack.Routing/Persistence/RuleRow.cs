using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Routing.Domain.Rules;

namespace TwinTrack.Routing.Persistence;

/// <summary>
/// One version of one rule. Inserted, never changed. The newest version of each rule is in force unless it has ended.
/// </summary>
internal sealed class RuleRow
{
    /// <summary>
    /// Counts every change of the rules from 1. If two people change them at once, one fails and may retry.
    /// </summary>
    public required long Number { get; init; }

    public required RuleKind Kind { get; init; }

    public required string RuleId { get; init; }

    /// <summary>From 1, within the rule.</summary>
    public required int Version { get; init; }

    /// <summary>JSON. A row that ends a rule repeats the text of the version before.</summary>
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
