using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Entitlements.Domain;

namespace TwinTrack.Entitlements.Persistence;

/// <summary>A cash transfer programme with its amount rules.</summary>
internal sealed class Programme
{
    public required string Code { get; init; }

    public required string Name { get; set; }

    /// <summary>ISO 4217. Fixed once there are parameters, because they are in its minor unit.</summary>
    public required string Currency { get; set; }
}

/// <summary>One version of a programme's amount rule. Inserted, never updated.</summary>
internal sealed class ParameterSet
{
    public required string Programme { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required int Version { get; init; }

    /// <summary><see cref="AmountParameters"/> as JSON.</summary>
    public required string Body { get; init; }

    public required string MadeBy { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public AmountParameters Read() =>
        JsonSerializer.Deserialize<AmountParameters>(Body)
            ?? throw new InvalidOperationException(Invariant($"Parameters {Programme} {Version} are empty."));
}

internal sealed class ProgrammeConfiguration : IEntityTypeConfiguration<Programme>,
    IEntityTypeConfiguration<ParameterSet>
{
    public void Configure(EntityTypeBuilder<Programme> builder) =>
        builder.ToTable("programmes").HasKey(programme => programme.Code);

    public void Configure(EntityTypeBuilder<ParameterSet> builder) =>
        builder.ToTable("parameter_sets").HasKey(set => new { set.Programme, set.Version });
}
