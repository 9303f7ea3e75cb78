using System.ComponentModel.DataAnnotations;

namespace TwinTrack.Platform.Messaging;

/// <summary>
/// How messages are sent and handled; the section <c>messaging</c>. The defaults are measured:
/// docs/internals/messaging-and-jobs.md.
/// </summary>
public sealed record MessagingOptions
{
    internal const string Section = "messaging";

    /// <summary>
    /// Messages on their way to one queue, from all copies of the sending service. Further messages wait in the outbox.
    /// </summary>
    [Range(1, 1_000)]
    public int InFlightMax { get; init; } = 16;

    /// <summary>
    /// Messages of one kind that one copy handles at once on PostgreSQL. On SQLite it is one, because its transactions
    /// are serial.
    /// </summary>
    [Range(1, 64)]
    public int HandlersMax { get; init; } = 4;

    /// <summary>
    /// Wait for a receipt before a message is sent again; doubles up to <see cref="ResendMaxSeconds"/>. Also the lease
    /// of the copy that sends it.
    /// </summary>
    [Range(0.1, 3_600)]
    public double ResendFirstSeconds { get; init; } = 20;

    [Range(0.1, 3_600)]
    public double ResendMaxSeconds { get; init; } = 60;

    /// <summary>How long the broker may take to confirm one pass of the outbox.</summary>
    [Range(0.1, 60)]
    public double SendMaxSeconds { get; init; } = 10;

    /// <summary>
    /// Failed deliveries, each of several tries within seconds, after which a message is a dead letter.
    /// </summary>
    [Range(1, 100)]
    public int DeliveriesMax { get; init; } = 5;

    /// <summary>Longer than a pass may take, so that no other copy sends what this one is still sending.</summary>
    internal TimeSpan LeaseAfter(int attempts)
    {
        var wait = Math.Min(ResendFirstSeconds * Math.Pow(2, Math.Min(attempts, 10)), ResendMaxSeconds);
        return TimeSpan.FromSeconds(Math.Max(wait, SendMaxSeconds + 1));
    }
}
