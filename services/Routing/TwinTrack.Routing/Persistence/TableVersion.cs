using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Persistence;

/// <summary>One version of the routing table, as it was set.</summary>
internal sealed class TableVersion
{
    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    public required IReadOnlyList<TableRow> Rows { get; init; }

    /// <summary>Who set it.</summary>
    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class TableVersionConfiguration : IEntityTypeConfiguration<TableVersion>
{
    public void Configure(EntityTypeBuilder<TableVersion> builder)
    {
        builder.ToTable("routing_tables");
        builder.HasKey(table => table.Version);
        builder.Property(table => table.Version).ValueGeneratedNever();
        builder.Property(table => table.Rows).AsJson();
    }
}
