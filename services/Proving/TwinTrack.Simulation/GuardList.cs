using TwinTrack.Simulation.Off;

namespace TwinTrack.Simulation;

/// <summary>The guards that can be removed, by name, with the effect of their absence.</summary>
public static class GuardList
{
    private static readonly SortedDictionary<string, (string Meaning, Func<Guards> Without)> All = new(
        StringComparer.Ordinal)
    {
        ["gate-lock"] = ("units are cut without a look at the gate", () => new GateNotLocked()),
        ["timeout-is-no-failure"] = ("a call without an answer counts as a final refusal",
            () => new TimeoutIsFailure()),
        ["not-found-is-no-failure"] = ("an order that the provider does not find counts as refused",
            () => new NotFoundIsFailure()),
        ["promise-is-no-proof"] = ("a promise to stop counts as a stop", () => new PromiseIsProof()),
        ["epoch"] = ("orders carry no epoch", () => new EpochDropped()),
        ["claim"] = ("no claim keeps a second attempt away", () => new ClaimsIgnored()),
        ["transition-table"] = ("the last report is true, whatever was known", () => new NoTransitionGuard()),
        ["deduplication"] = ("a message handled before is handled again, as if new", () => new NoDeduplication()),
        ["acknowledge-after-commit"] = ("the receipt goes although the handler died",
            () => new AcknowledgedBeforeCommit()),
        ["given-up-is-heard"] = ("that an attempt which was given up is paid is thrown away",
            () => new GivenUpIgnored()),
        ["journal-first"] = ("units are sent before their journal is committed", () => new JournalAfterCall()),
        ["provider-key"] = ("the provider pays a reference as often as it comes", () => new ProviderIgnoresKey()),
        ["vote-hash"] = ("a vote counts for whatever there is", () => new VoteHashIgnored()),
        ["in-doubt-stays"] = ("a move takes what is in doubt", () => new MoveTakesInDoubt()),
        ["suspension-keeps-attempts"] = ("a closed gate forgets what was on its way", () => new SuspensionForgets()),
        ["late-success"] = ("a payment reported after the end is thrown away", () => new LateSuccessDropped()),
        ["sweep"] = ("nobody asks, collects or reads statements", () => new NoSweep()),
    };

    public static IReadOnlyDictionary<string, string> Names =>
        All.ToDictionary(guard => guard.Key, guard => guard.Value.Meaning);

    internal static Guards Without(string? name) => name is null ? new Guards() : All[name].Without();
}
