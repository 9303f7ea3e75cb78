using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>
/// Whether a released batch has come to rest. Its obligations may be unpaid, each with its reason; but nothing may be
/// under way.
/// </summary>
/// <param name="Undispatched">Whether the release itself has not gone through the whole batch.</param>
/// <param name="InFlight">Instructions released, sent or accepted.</param>
/// <param name="InDoubt">Instructions of which nobody knows.</param>
/// <param name="ToBePlanned">
/// Obligations freed by evidence that wait for their next instruction, other than for want of a channel.
/// </param>
/// <param name="Moving">Switches that are moving payments of its cycle.</param>
/// <param name="SettledObligations">Obligations with a settled instruction.</param>
/// <param name="SettledMinor">What was delivered to them, minor units.</param>
public sealed record BatchCompletion(bool Undispatched, long InFlight, long InDoubt, long ToBePlanned, long Moving,
    long SettledObligations, long SettledMinor)
{
    /// <param name="settledObligations">What the books say.</param>
    /// <param name="settledMinor">What the books say, minor units.</param>
    /// <returns>Null when the batch can be closed under these books; else what is in the way.</returns>
    public Refusal? NotYet(long settledObligations, long settledMinor)
    {
        (bool Stands, string What)[] inTheWay =
        [
            (Undispatched, "its release is not through"),
            (InFlight > 0, Invariant($"{InFlight} in flight")),
            (InDoubt > 0, Invariant($"{InDoubt} in doubt")),
            (ToBePlanned > 0, Invariant($"{ToBePlanned} freed and not planned again")),
            (Moving > 0, Invariant($"{Moving} switches are moving its cycle")),
            (settledObligations != SettledObligations || settledMinor != SettledMinor,
                Invariant($"the books have {settledObligations} settled with {settledMinor}, the instructions ")
                    + Invariant($"{SettledObligations} with {SettledMinor}")),
        ];
        var reasons = inTheWay.Where(item => item.Stands).Select(item => item.What).ToList();
        return reasons.Count == 0
            ? null : new Refusal("batch.not_at_rest", $"Not at rest: {string.Join(", ", reasons)}.");
    }
}
