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
        new("approval.not_awaiting",
            $"The batch is {state}. Only a batch that awaits approval can be approved.",
            RefusalKind.Conflict);

    public static readonly Refusal HashDiffers =
        new("approval.hash_differs",
            "The hash is not the hash of this batch. Read the batch again and approve what you see "
            + "(./twintrack batch show shows its hash).");

    public static readonly Refusal OwnBatch =
        new("approval.own_batch",
            "You made this batch, so you cannot approve it. Another person must approve it.");

    public static readonly Refusal Twice =
        new("approval.twice",
            "You have already approved this batch. The next approval is by another person.");

    /// <summary>May succeed later, once the last approval is given.</summary>
    public static Refusal NotApproved(BatchState state) =>
        new("release.not_approved",
            $"The batch is {state}. Only an approved batch can be released.",
            RefusalKind.Conflict);

    public static readonly Refusal ReleaseHashDiffers =
        new("release.hash_differs",
            "The hash is not the approved hash of this batch. Read the batch again and release what was "
            + "approved (./twintrack batch show shows its hash).");

    public static readonly Refusal ReleaserIsMaker =
        new("release.maker",
            "You made this batch, so you cannot release it. Another person must release it.");

    public static readonly Refusal ReleaserIsApprover =
        new("release.approver",
            "You approved this batch, so you cannot release it. Another person must release it.");

    /// <summary>Never succeeds: the stored lines are no longer the approved lines.</summary>
    public static readonly Refusal ContentChanged =
        new("release.content_changed",
            "The batch's lines no longer match the approved hash. Do not release it: cancel the batch, and report "
            + "this to an administrator.");
}
