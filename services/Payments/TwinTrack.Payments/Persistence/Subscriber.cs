using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Payments.Domain.Webhooks;

namespace TwinTrack.Payments.Persistence;

/// <summary>An outside system that receives events about payments.</summary>
internal sealed class Subscriber
{
    public required SubscriberId Id { get; init; }

    public required string Name { get; init; }

    public required string Address { get; init; }

    /// <summary>Event types with commas between.</summary>
    public required string Types { get; init; }

    /// <summary>Null for all.</summary>
    public string? Programme { get; init; }

    public required string Party { get; init; }

    /// <summary>The secret, sealed.</summary>
    public required string Secret { get; set; }

    /// <summary>The old secret, sealed. It also signs until <see cref="OldUntil"/>.</summary>
    public string? OldSecret { get; set; }

    public DateTimeOffset? OldUntil { get; set; }

    public SubscriberState State { get; set; }

    /// <summary>Why it is disabled.</summary>
    public string? Reason { get; set; }

    public int FailuresInARow { get; set; }

    /// <summary>Deliveries that are pending.</summary>
    public long Backlog { get; set; }

    /// <summary>Events that were not stored because too many were waiting.</summary>
    public long Missed { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public Subscription Subscription => new(Types.Split(',').ToHashSet(StringComparer.Ordinal), Programme, Party);
}

/// <summary>One event for one subscriber, and the state of its delivery.</summary>
internal sealed class Delivery
{
    public required SubscriberId SubscriberId { get; init; }

    /// <summary>
    /// The webhook-id. It follows from the event, so it is the same for all tries, replays and subscribers.
    /// </summary>
    public required string EventId { get; init; }

    public required string Type { get; init; }

    /// <summary>
    /// The exact text that is sent: JSON with ids, state, amount and currency, without personal data.
    /// </summary>
    public required string Body { get; init; }

    public DeliveryState State { get; set; }

    public int Attempts { get; set; }

    public required DateTimeOffset DueAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? TriedAt { get; set; }

    /// <summary>HTTP status of the last answer; null when there was no answer.</summary>
    public int? Status { get; set; }

    /// <summary>Why there was no answer: timeout, connection or address.</summary>
    public string? Fault { get; set; }

    /// <summary>Milliseconds of the last try.</summary>
    public int? LatencyMs { get; set; }
}

internal sealed class SubscriberConfiguration : IEntityTypeConfiguration<Subscriber>
{
    public void Configure(EntityTypeBuilder<Subscriber> builder)
    {
        builder.ToTable("subscribers").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Ignore(row => row.Subscription);
        builder.HasIndex(row => row.Name).IsUnique();
    }
}

internal sealed class DeliveryConfiguration : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.ToTable("deliveries").HasKey(row => new { row.SubscriberId, row.EventId });
        builder.Property(row => row.SubscriberId).ValueGeneratedNever();
        builder.HasIndex(row => new { row.SubscriberId, row.CreatedAt });
        // Few deliveries are pending, compared with all that were ever delivered.
        builder.HasIndex(row => new { row.SubscriberId, row.DueAt }).HasFilter("state = 'Pending'")
            .HasDatabaseName("ix_deliveries_pending");
    }
}
