using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

public enum BatchState
{
    Open,

    /// <summary>It adds up, and a person has put their name to it. Later returns are booked, and do not change the certificate.</summary>
    Certified,
}

public enum BatchTrigger
{
    Certify,
}

public static class BatchLifecycle
{
    public static readonly TransitionTable<BatchState, BatchTrigger> Table = new((BatchState.Open, BatchTrigger.Certify, BatchState.Certified));
}

/// <summary>A batch as it was released: what everything else must add up to.</summary>
public sealed class ReleasedBatch
{
    public required BatchId Id { get; init; }

    public required CycleId CycleId { get; init; }

    public required string Programme { get; init; }

    public required string Currency { get; init; }

    /// <summary>Obligations, with those that no channel reaches.</summary>
    public required long Count { get; init; }

    /// <summary>Minor units.</summary>
    public required long SumMinor { get; init; }

    /// <summary>What was approved, 64 hex digits.</summary>
    public required string ContentHash { get; init; }

    public required DateTimeOffset ReleasedAt { get; init; }

    public BatchState State { get; private set; }

    /// <summary>Counts the changes; two certifiers cannot both win.</summary>
    public int Version { get; private set; }

    /// <summary>The certificate's exact JSON, over which its hash is taken.</summary>
    public string? Certificate { get; private set; }

    public string? CertificateHash { get; private set; }

    public string? CertifiedBy { get; private set; }

    public DateTimeOffset? CertifiedAt { get; private set; }

    public Result<ReleasedBatch> Certify(string certificate, string hash, Actor actor, DateTimeOffset at) =>
        BatchLifecycle.Table.Next(State, BatchTrigger.Certify).Then<ReleasedBatch>(next =>
        {
            (State, Certificate, CertificateHash, CertifiedBy, CertifiedAt) = (next, certificate, hash, actor.ToString(), at);
            Version++;
            return this;
        });
}
