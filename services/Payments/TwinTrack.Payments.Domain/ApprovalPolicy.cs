using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>One approval that was given.</summary>
public sealed record GivenApproval(int Step, string By);

/// <summary>
/// Who may let money leave. People are compared by account, also after a change of party. One person makes, approves or
/// releases a batch, never two of these.
/// </summary>
public static class ApprovalPolicy
{
    /// <summary>
    /// How many approvals a batch needs, by its sum in major units. Each approval is by another person.
    /// </summary>
    public static readonly IReadOnlyList<(long UpToMajor, int Steps)> Ranges =
    [
        (1_000_000, 1),
        (long.MaxValue, 2),
    ];

    public static int StepsFor(long sumMinor, Currency currency)
    {
        var unit = Enumerable.Repeat(10L, currency.Exponent).Aggregate(1L, (product, ten) => product * ten);
        var major = sumMinor / unit + (sumMinor % unit > 0 ? 1 : 0);
        return Ranges.First(range => major <= range.UpToMajor).Steps;
    }

    /// <summary>The number of this approval, or the reason why it is refused.</summary>
    public static Result<int> Approve(BatchState state, Actor maker, string? contentHash,
        IReadOnlyList<GivenApproval> given, Actor approver, string seenHash)
    {
        if (state != BatchState.AwaitingApproval)
        {
            return ApprovalRefusals.NotAwaiting(state);
        }

        if (!Same(contentHash, seenHash))
        {
            return ApprovalRefusals.HashDiffers;
        }

        if (approver.IsSamePersonAs(maker))
        {
            return ApprovalRefusals.OwnBatch;
        }

        return given.Any(one => approver.IsSamePersonAs(Actor.Parse(one.By)))
            ? ApprovalRefusals.Twice : given.Count + 1;
    }

    /// <summary>Whether this person may release the batch, or the reason why not.</summary>
    public static Result<bool> Release(BatchState state, Actor maker, string? contentHash,
        IReadOnlyList<GivenApproval> given, Actor releaser, string seenHash)
    {
        if (state != BatchState.Approved)
        {
            return ApprovalRefusals.NotApproved(state);
        }

        if (!Same(contentHash, seenHash))
        {
            return ApprovalRefusals.ReleaseHashDiffers;
        }

        if (releaser.IsSamePersonAs(maker))
        {
            return ApprovalRefusals.ReleaserIsMaker;
        }

        return given.Any(one => releaser.IsSamePersonAs(Actor.Parse(one.By)))
            ? ApprovalRefusals.ReleaserIsApprover : true;
    }

    private static bool Same(string? known, string seen) =>
        string.Equals(known, seen, StringComparison.OrdinalIgnoreCase);
}
