using TwinTrack.Kernel;

namespace TwinTrack.Entitlements.Domain;

/// <summary>One payment round of a programme: one parameter version, one caseload, one list of entitlements.</summary>
public sealed class Cycle
{
    public required CycleId Id { get; init; }

    public required string Programme { get; init; }

    public required string Period { get; init; }

    /// <summary>The day on which ages are counted and top-ups are due.</summary>
    public required DateOnly AsOf { get; init; }

    public required string Currency { get; init; }

    public required int ParameterVersion { get; init; }

    public required string OpenedBy { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public CycleState State { get; private set; }

    /// <summary>Counts the changes, so that only one of two concurrent writers succeeds.</summary>
    public int Version { get; private set; }

    /// <summary>Households that Enrolments announced; null until it has streamed all.</summary>
    public long? HouseholdsExpected { get; private set; }

    /// <summary>Households that came, with those that failed.</summary>
    public long Households { get; private set; }

    public long Failures { get; private set; }

    public long Entitlements { get; private set; }

    /// <summary>Minor units of <see cref="Currency"/>.</summary>
    public long SumMinor { get; private set; }

    /// <summary>SHA-256 over the list, 64 hex digits; null until it is computed while closing.</summary>
    public string? Hash { get; private set; }

    public string? ClosedBy { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>
    /// Counts a part of the caseload. Refused when the cycle is complete or cancelled, because a late part is not for
    /// this list.
    /// </summary>
    public Result<Cycle> Count(long households, long failures, long entitlements, long sumMinor) =>
        Change(CycleTrigger.Count).Then<Cycle>(cycle =>
        {
            Households += households;
            Failures += failures;
            Entitlements += entitlements;
            SumMinor += sumMinor;
            return cycle.CompleteIfAllCame();
        });

    /// <summary>Stores the number of households. Some may still be on their way.</summary>
    public Result<Cycle> Announce(long households)
    {
        if (State is not (CycleState.Opening or CycleState.Calculating) || HouseholdsExpected is not null)
        {
            return new Refusal("cycle.not_expecting",
                "The cycle is not waiting for a caseload, so this one is ignored. Show the cycle.",
                RefusalKind.Conflict);
        }

        HouseholdsExpected = households;
        Version++;
        return CompleteIfAllCame();
    }

    public Result<Cycle> Close(Actor actor, DateTimeOffset at)
    {
        if (!CycleLifecycle.Table.Next(State, CycleTrigger.Close).Allows(out _, out var refusal))
        {
            return refusal;
        }

        if (Failures > 0)
        {
            return new Refusal("cycle.has_failures",
                Invariant($"{Failures} households could not be calculated. ")
                + "Read the cycle's failures and correct their causes.");
        }

        if (Entitlements == 0)
        {
            return new Refusal("cycle.empty",
                "No household is due an amount in this cycle. Check the enrolments and the parameters.");
        }

        (ClosedBy, ClosedAt) = (actor.ToString(), at);
        return Change(CycleTrigger.Close);
    }

    /// <summary>
    /// Declares the closed list. Checks that the stored list still has the count and sum that were counted on arrival.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Rows were lost or changed since they were calculated. Such a list must not be paid.
    /// </exception>
    public void Declare(long count, long sumMinor, string hash)
    {
        if (State != CycleState.Closing || count != Entitlements || sumMinor != SumMinor)
        {
            throw new InvalidOperationException(
                Invariant($"The stored list of {Id} ({count}, {sumMinor}) is not what was calculated ({Entitlements}, ")
                    + Invariant($"{SumMinor})."));
        }

        Hash = hash;
        Version++;
    }

    public Result<Cycle> Finish() => Change(CycleTrigger.Finish);

    public Result<Cycle> Cancel() => Change(CycleTrigger.Cancel);

    private Result<Cycle> CompleteIfAllCame() =>
        HouseholdsExpected == Households ? Change(CycleTrigger.Complete) : this;

    private Result<Cycle> Change(CycleTrigger trigger) => CycleLifecycle.Table.Next(State, trigger).Then<Cycle>(next =>
    {
        State = next;
        Version++;
        return this;
    });
}
