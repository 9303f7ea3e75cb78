using System.Buffers.Binary;
using TwinTrack.Kernel;

namespace TwinTrack.Simulation.Hosting;

/// <summary>
/// The only clock of a simulation, and the only source of ids. The scheduler moves it. A short wait inside a step
/// (pacing) ends at once. A long wait (the limit of a call) never ends, because the call ends first.
/// </summary>
internal sealed class SimulatedClock : TimeProvider, IClockWithIds
{
    public static readonly DateTimeOffset Start = new(2026, 11, 1, 6, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan PassesAtOnce = TimeSpan.FromSeconds(2);
    private DateTimeOffset _now = Start;
    private SeededRandom _random = new(0);

    public DateTimeOffset Now => _now;

    /// <summary>Microseconds since 1970, as the databases keep instants.</summary>
    public long Micros => (_now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Reset(DateTimeOffset now, long seed) => (_now, _random) = (now, new SeededRandom(seed));

    public void Advance(TimeSpan by) => _now += by;

    public void AdvanceTo(DateTimeOffset to) => _now = to > _now ? to : _now;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    /// <summary>UUID version 7, its random bits from the seed.</summary>
    public Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, _now.ToUnixTimeMilliseconds() << 16);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], _random.Bits());
        BinaryPrimitives.WriteInt16BigEndian(bytes[6..], unchecked((short)_random.Bits()));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero && dueTime <= PassesAtOnce)
        {
            Advance(dueTime);
            callback(state);
        }

        return Silent.Instance;
    }

    private sealed class Silent : ITimer
    {
        public static readonly Silent Instance = new();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
