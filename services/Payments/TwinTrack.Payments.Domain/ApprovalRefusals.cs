using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>
/// Why an approval or a release is refused, in order of precedence. Only the first can succeed later for the same
/// person and hash.
/// </summary>
public static class ApprovalRefusals
{
    /// <summary>May succeed later, once the batch is complete.</summary>
    public static Refusal NotAwaiting(BatchState state) =>
        new("approval.not_awaiting", $"The batch is {state}; only one that awaits approval can be approved.",
            RefusalKind.Conflict);

    public static readonly Refusal HashDiffers =
        new("approval.hash_differs", "The hash is not the batch's: approve only what you have seen.");

    public static readonly Refusal OwnBatch =
        new("approval.own_batch", "Nobody approves a batch that they made.");

    public static readonly Refusal Twice =
        new("approval.twice", "One person gives one approval.");

    /// <summary>May succeed later, once the last approval is given.</summary>
    public static Refusal NotApproved(BatchState state) =>
        new("release.not_approved", $"The batch is {state}; only an approved one can be released.",
            RefusalKind.Conflict);

    public static readonly Refusal ReleaseHashDiffers =
        new("release.hash_differs", "The hash is not the batch's: release only what was approved.");

    public static readonly Refusal ReleaserIsMaker =
        new("release.maker", "Nobody releases a batch that they made.");

    public static readonly Refusal ReleaserIsApprover =
        new("release.approver", "Nobody releases a batch that they approved.");

    /// <summary>Never succeeds: the stored lines are no longer the approved lines.</summary>
    public static readonly Refusal ContentChanged =
        new("release.content_changed", "The batch's lines no longer give the hash that was approved.");
}
