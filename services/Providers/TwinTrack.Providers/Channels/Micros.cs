namespace TwinTrack.Providers.Channels;

internal static class Micros
{
    /// <summary>What the database keeps of an instant, so that what is read back is what was used.</summary>
    public static DateTimeOffset Of(DateTimeOffset instant) =>
        instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));
}
