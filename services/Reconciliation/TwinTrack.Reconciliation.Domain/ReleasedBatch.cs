using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

public enum BatchState
{
    Open,

    /// <summary>
    /// It adds up here, and a person has certified it. Payments has been asked whether a payment still waits.
    /// </summary>
    Closing,

    /// <summary>
    /// It adds up, it is certified, and Payments has closed it. Later changes are booked. They do not change the
    /// certificate, which gets an <see cref="Addendum"/>.
    /// </summary>
    Certified,
}

public enum BatchTrigger
{
    Sign,

    /// <summary>Payments closed the batch.</summary>
    Confirm,

    /// <summary>Payments found a payment that still waits. The certificate is revoked.</summary>
    Refuse,
}

public static class BatchLifecycle
{
    public static readonly TransitionTable<BatchState, BatchTrigger> Table = new(
        (BatchState.Open, BatchTrigger.Sign, BatchState.Closing),
        (BatchState.Closing, BatchTrigger.Confirm, BatchState.Certified),
        (BatchState.Closing, BatchTrigger.Refuse, BatchState.Open));
}

/// <summary>A released batch. All other figures must add up to it.</summary>
public sealed class ReleasedBatch
{
    public required BatchId Id { get; init; }

    public required CycleId CycleId { get; init; }

    public required string Programme { get; init; }

    public required string Currency { get; init; }

    /// <summary>Number of obligations, including those that no channel reaches.</summary>
    public required long Count { get; init; }

    /// <summary>Minor units.</summary>
    public required long SumMinor { get; init; }

    /// <summary>What was approved, 64 hex digits.</summary>
    public required string ContentHash { get; init; }

    public required DateTimeOffset ReleasedAt { get; init; }

    public BatchState State { get; private set; }

    /// <summary>Counts the changes, so that only one of two certifiers succeeds.</summary>
    public int Version { get; private set; }

    /// <summary>The certificate's exact JSON, over which its hash is taken.</summary>
    public string? Certificate { get; private set; }

    public string? CertificateHash { get; private set; }

    public string? CertifiedBy { get; private set; }

    public DateTimeOffset? CertifiedAt { get; private set; }

    /// <summary>Why Payments did not close it after the last certificate; null when it was never refused.</summary>
    public string? NotClosedBecause { get; private set; }

    public Result<ReleasedBatch> Sign(string certificate, string hash, Actor actor, DateTimeOffset at) =>
        BatchLifecycle.Table.Next(State, BatchTrigger.Sign).Then<ReleasedBatch>(next =>
        {
            (State, Certificate, CertificateHash, CertifiedBy, CertifiedAt) =
                (next, certificate, hash, actor.ToString(), at);
            Version++;
            return this;
        });

    /// <param name="hash">
    /// Hash of the certificate that Payments answers. An answer about another certificate changes nothing.
    /// </param>
    public Result<ReleasedBatch> Confirm(string hash) => Answer(BatchTrigger.Confirm, hash).Then<ReleasedBatch>(next =>
    {
        State = next;
        Version++;
        return this;
    });

    /// <param name="hash">
    /// Hash of the certificate that Payments answers. An answer about another certificate changes nothing.
    /// </param>
    /// <param name="because">What is in the way.</param>
    public Result<ReleasedBatch> Refuse(string hash, string because) =>
        Answer(BatchTrigger.Refuse, hash).Then<ReleasedBatch>(next =>
    {
        (State, Certificate, CertificateHash, CertifiedBy, CertifiedAt, NotClosedBecause) =
            (next, null, null, null, null, because);
        Version++;
        return this;
    });

    private Result<BatchState> Answer(BatchTrigger trigger, string hash) =>
        hash == CertificateHash ? BatchLifecycle.Table.Next(State, trigger)
            : new Refusal("certificate.another",
                "This answer is about another certificate, so it changes nothing.");
}
