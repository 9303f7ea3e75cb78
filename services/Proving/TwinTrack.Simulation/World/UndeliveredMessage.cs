using TwinTrack.Simulation.Hosting;

namespace TwinTrack.Simulation.World;

/// <summary>A message whose row lies in its sender's outbox until the receipt comes.</summary>
internal sealed class UndeliveredMessage
{
    public required ServiceSide From { get; init; }

    public required ServiceSide To { get; init; }

    /// <summary>As its row says it.</summary>
    public required string Id { get; init; }

    public required string Queue { get; init; }

    public required string Body { get; init; }

    /// <summary>When the outbox sends it again, should no receipt have come.</summary>
    public long ResendAt { get; set; }

    public int Failures { get; set; }

    public bool Received { get; set; }

    public override string ToString() => $"{Queue} {Id[^6..]}";
}

/// <summary>One copy of a message on its way.</summary>
internal sealed record MessageCopy(UndeliveredMessage Letter, long At);
