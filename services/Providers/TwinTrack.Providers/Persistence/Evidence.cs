using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Persistence;

internal enum EvidenceKind
{
    /// <summary>A file that the provider delivered.</summary>
    Document,

    /// <summary>A body sent to a unit's callback path: a hint.</summary>
    Callback,

    /// <summary>A body sent to the channel's path, signed: a hint about what it names.</summary>
    ChannelCallback,

    /// <summary>A body sent to the path that is only for answers to our questions.</summary>
    CalledBack,

    /// <summary>A statement that a person imported.</summary>
    Statement,
}

internal enum EvidenceState
{
    /// <summary>
    /// Stored; its content is not applied yet. Among callbacks, only answers to our questions have this state. The
    /// others wait as a <see cref="QueuedCallback"/>.
    /// </summary>
    Received,

    /// <summary>What it says is committed.</summary>
    Applied,

    /// <summary>Cannot be read; <see cref="Evidence.Reason"/> says why, and a person must look.</summary>
    Unreadable,

    /// <summary>Stored as a hint. The provider is asked instead.</summary>
    Hint,
}

/// <summary>A document of a provider, stored raw before it is read. The raw bytes never change.</summary>
internal sealed class Evidence
{
    public required EvidenceId Id { get; init; }

    public required string Channel { get; init; }

    /// <summary>
    /// Identifies repeats: the content's SHA-256; for a callback also its path and the sender's message id. Unique in
    /// the channel.
    /// </summary>
    public required string Identity { get; init; }

    public required EvidenceKind Kind { get; init; }

    /// <summary>The file's name, the unit of the callback, or the sender's message id.</summary>
    public required string Name { get; init; }

    /// <summary>64 hex digits.</summary>
    public required string Sha256 { get; init; }

    public required long Bytes { get; init; }

    /// <summary>
    /// File name under <c>evidence/</c> of the data folder; null when the bytes are in <see cref="Body"/>.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>
    /// A small body, at most 256 KB; sealed where <see cref="Scheme"/> is not empty, and read by
    /// <see cref="Answers.EvidenceStore.Open"/>.
    /// </summary>
    public byte[]? Body { get; init; }

    /// <summary>
    /// The headers that came with a callback and are not secret; JSON, sealed like <see cref="Body"/>.
    /// </summary>
    public string? Headers { get; init; }

    public EvidenceState State { get; set; }

    public string? Reason { get; set; }

    /// <summary>Times the same thing came.</summary>
    public int TimesSeen { get; set; } = 1;

    /// <summary>References in it that are not ours, or not this channel's.</summary>
    public int Unmatched { get; set; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>
    /// How a callback was authenticated: a name of <see cref="Domain.Callbacks.CallbackSchemes"/>. Empty for documents,
    /// and for callbacks kept before there were schemes.
    /// </summary>
    public string Scheme { get; init; } = "";
}

/// <summary>
/// A reference in a provider's document that is not an order of this channel. Kept until a person explains it.
/// </summary>
internal sealed class UnmatchedReference
{
    public required string Channel { get; init; }

    /// <summary>At most 64 characters of the reference.</summary>
    public required string Reference { get; init; }

    public required string Outcome { get; init; }

    public EvidenceId? EvidenceId { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>One answer about one order. Never changed, never deleted.</summary>
internal sealed class RecordedAnswer
{
    public required Guid Id { get; init; }

    public required InstructionId InstructionId { get; init; }

    /// <summary>The reported outcome; for an answer that is only stored, the provider's outcome.</summary>
    public required string Outcome { get; init; }

    public required Grade Grade { get; init; }

    public required string Code { get; init; }

    /// <summary>submit, ask, recall, document, statement, silence or gate.</summary>
    public required string Source { get; init; }

    public string? ProviderReference { get; init; }

    public required long AmountMinor { get; init; }

    public required bool Contradiction { get; init; }

    public EvidenceId? EvidenceId { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class EvidenceConfiguration : IEntityTypeConfiguration<Evidence>
{
    public void Configure(EntityTypeBuilder<Evidence> builder)
    {
        builder.ToTable("evidence").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.Channel, row.Identity }).IsUnique();
        builder.HasIndex(row => new { row.Channel, row.ReceivedAt });
        // The default is for older rows. New rows always write a value, also in bulk inserts.
        builder.Property(row => row.Scheme).HasDefaultValue("").ValueGeneratedNever();
    }
}

internal sealed class UnmatchedReferenceConfiguration : IEntityTypeConfiguration<UnmatchedReference>
{
    public void Configure(EntityTypeBuilder<UnmatchedReference> builder) =>
        builder.ToTable("unmatched_references").HasKey(row => new { row.Channel, row.Reference, row.Outcome });
}

internal sealed class RecordedAnswerConfiguration : IEntityTypeConfiguration<RecordedAnswer>
{
    public void Configure(EntityTypeBuilder<RecordedAnswer> builder)
    {
        builder.ToTable("answers").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.InstructionId);
    }
}
