using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TwinTrack.Payments.Persistence;

/// <summary>When the routes of a programme last changed. An answer to an older question may be out of date.</summary>
internal sealed class RouteChange
{
    /// <summary>Stands for every programme.</summary>
    internal const string AllProgrammes = "";

    public required string Programme { get; init; }

    /// <summary>When Payments learned of it.</summary>
    public required DateTimeOffset At { get; set; }
}

internal sealed class RouteChangeConfiguration : IEntityTypeConfiguration<RouteChange>
{
    public void Configure(EntityTypeBuilder<RouteChange> builder) =>
        builder.ToTable("route_changes").HasKey(change => change.Programme);
}
