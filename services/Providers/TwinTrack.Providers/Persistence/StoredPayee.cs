using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Persistence;

/// <summary>A payee and account from Enrolments. It is opened only in memory, when a unit is built.</summary>
internal sealed class StoredPayee
{
    public required HouseholdId HouseholdId { get; init; }

    public required string Fingerprint { get; init; }

    /// <summary>Under the key <c>payee</c>, which Enrolments and Providers share.</summary>
    public required string Sealed { get; init; }
}

/// <summary>
/// How to reach a channel's provider. It holds secrets, so it is sealed as a whole under the key <c>connections</c>.
/// </summary>
internal sealed class StoredConnection
{
    public required string Channel { get; init; }

    public required string Sealed { get; set; }

    public required string UpdatedBy { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class StoredPayeeConfiguration : IEntityTypeConfiguration<StoredPayee>
{
    public void Configure(EntityTypeBuilder<StoredPayee> builder)
    {
        builder.ToTable("payees").HasKey(payee => new { payee.HouseholdId, payee.Fingerprint });
        builder.Property(payee => payee.HouseholdId).ValueGeneratedNever();
    }
}

internal sealed class StoredConnectionConfiguration : IEntityTypeConfiguration<StoredConnection>
{
    public void Configure(EntityTypeBuilder<StoredConnection> builder) =>
        builder.ToTable("connections").HasKey(row => row.Channel);
}
