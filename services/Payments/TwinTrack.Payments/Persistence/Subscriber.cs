using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Payments.Domain.Webhooks;

namespace TwinTrack.Payments.Persistence;

/// <summary>Somebody outside who is told what becomes of payments, and how.</summary>
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

    /// <summary>The secret before, sealed: signs beside the new one until <see cref="OldUntil"/>.</summary>
    public string? OldSecret { get; set; }

    public DateTimeOffset? OldUntil { get; set; }

    public SubscriberState State { get; set; }

    /// <summary>Why it is disabled.</summary>
    public string? Reason { get; set; }

    public int FailuresInARow { get; set; }

    /// <summary>Deliveries that are pending.</summary>
    public long Backlog { get; set; }

    /// <summary>Events that were not noted for it, because more was waiting than may.</summary>
    public long Missed { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public Subscription Subscription => new(Types.Split(',').ToHashSet(StringComparer.Ordinal), Programme, Party);
}

/// <summary>One event for one subscriber, and how telling it goes.</summary>
internal sealed class Delivery
{
    public required SubscriberId SubscriberId { get; init; }

    /// <summary>The webhook-id: a function of what happened, so the same over tries, replays and subscribers.</summary>
    public required string EventId { get; init; }

    public required string Type { get; init; }

    /// <summary>
    /// The very text that is sent; JSON with ids, state, amount and currency, and nothing of a person.
    /// </summary>
    public required string Body { get; init; }

    public DeliveryState State { get; set; }

    public int Attempts { get; set; }

    public required DateTimeOffset DueAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? TriedAt { get; set; }

    /// <summary>What the receiver answered last; null when it did not.</summary>
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
        // What is pending is little beside what was ever delivered.
        builder.HasIndex(row => new { row.SubscriberId, row.DueAt }).HasFilter("state = 'Pending'")
            .HasDatabaseName("ix_deliveries_pending");
    }
}
