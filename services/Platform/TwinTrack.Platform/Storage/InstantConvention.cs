using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace TwinTrack.Platform.Storage;

/// <summary>
/// Instants are stored as UTC microseconds since the Unix epoch. SQLite cannot compare or order a
/// <see cref="DateTimeOffset"/>, and PostgreSQL stores only microseconds. So both engines give the same results.
/// </summary>
public sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
    instant => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
    micros => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond));

public static class InstantConventions
{
    public static void StoreInstants(this ModelConfigurationBuilder conventions) =>
        conventions.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
}
