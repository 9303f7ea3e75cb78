using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>
/// Whether a released batch has come to rest. An obligation may be unpaid, with a reason. No payment may be under way.
/// </summary>
/// <param name="Undispatched">Whether the release has not yet reached the end of the batch.</param>
/// <param name="InFlight">Instructions released, sent or accepted.</param>
/// <param name="InDoubt">Instructions that may or may not be paid.</param>
/// <param name="ToBePlanned">
/// Obligations that evidence freed and that wait for their next instruction. Those that have no channel are not
/// counted.
/// </param>
/// <param name="Moving">Switches that are moving payments of its cycle.</param>
/// <param name="SettledObligations">Obligations with a settled instruction.</param>
/// <param name="SettledMinor">The amount delivered to them, minor units.</param>
public sealed record BatchCompletion(bool Undispatched, long InFlight, long InDoubt, long ToBePlanned, long Moving,
    long SettledObligations, long SettledMinor)
{
    /// <param name="settledObligations">Settled obligations in Reconciliation's ledger.</param>
    /// <param name="settledMinor">Settled amount in Reconciliation's ledger, minor units.</param>
    /// <returns>Null when the batch can be closed with these figures; else what is in the way.</returns>
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
