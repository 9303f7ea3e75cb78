namespace TwinTrack.Providers.Channels;

internal static class Micros
{
    /// <summary>Cuts an instant to the precision of the database, so that the value read back is equal.</summary>
    public static DateTimeOffset Of(DateTimeOffset instant) =>
        instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));
}
