using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Domain;

/// <summary>Kinds of incident movements; bound to <c>Contracts/Words/IncidentMovements</c>.</summary>
public enum IncidentMovementKind
{
    Claimed,
    Recovered,
    Waived,
    WrittenOff,
    Owed,
    GivenBack,
    NotOwed,
    Stands,
    StandsAfterClose,
    Risked,
    RiskEnded,
    ForcedLoss,
    ForcedRecovered,
    ForcedWaived,
}

/// <summary>Why an incident moved money; bound to <c>Contracts/Words/IncidentKinds</c>.</summary>
public enum IncidentKind
{
    LateSuccess,
    PaidTwice,
    Contradiction,
    ReturnedTwice,
    ForcedLoss,

    /// <summary>Not an incident, but the decision of two parties to give attempts up.</summary>
    ForcedMove,
}

/// <summary>A movement of money by an incident, as Payments reported it.</summary>
/// <param name="Kind">
/// claimed, recovered, waived, written_off, owed, given_back, not_owed, stands, stands_after_close, risked, risk_ended,
/// forced_loss, forced_recovered or forced_waived.
/// </param>
/// <param name="Bearer">The source that bears a write-off or a forced loss; null for every other kind.</param>
/// <param name="AmountMinor">Minor units.</param>
public sealed record ReportedIncidentMovement(
    string Kind, string Programme, BatchId Batch, string Channel, string FundingSource, string? Bearer,
    long AmountMinor);

/// <summary>
/// The posting rules of incidents. They are booked on separate accounts, not in the batch. A batch's own figures show
/// the approved payments and their attempts. A claim must not change whether these figures balance.
/// </summary>
public static class IncidentPostingRules
{
    public static Result<IReadOnlyList<Posting>> Of(ReportedIncidentMovement movement)
    {
        var (programme, source) = (movement.Programme, movement.FundingSource);
        var (receivable, payable, overpaid) =
            (Account.Receivable(programme, source), Account.Payable(programme, source),
                Account.Overpaid(movement.Channel));
        var late = Account.DisbursedLate(movement.Channel);
        return (Word.Read<IncidentMovementKind>(movement.Kind), movement.Bearer) switch
        {
            (IncidentMovementKind.Claimed, null) => Posted(movement, (receivable, overpaid)),
            (IncidentMovementKind.Recovered or IncidentMovementKind.Waived, null) =>
                Posted(movement, (overpaid, receivable)),
            (IncidentMovementKind.WrittenOff, { } bearer) => Posted(
                movement, (Account.Loss(programme, bearer), receivable), (overpaid, Account.Funds(programme, bearer))),
            (IncidentMovementKind.Owed, null) => Posted(movement, (overpaid, payable)),
            (IncidentMovementKind.GivenBack or IncidentMovementKind.NotOwed, null) =>
                Posted(movement, (payable, overpaid)),
            (IncidentMovementKind.Risked, { } bearer) =>
                Posted(movement, (Account.AtRisk(programme, bearer), Account.Funds(programme, bearer))),
            (IncidentMovementKind.RiskEnded, { } bearer) =>
                Posted(movement, (Account.Funds(programme, bearer), Account.AtRisk(programme, bearer))),
            (IncidentMovementKind.ForcedLoss, { } bearer) =>
                Posted(movement, (Account.Loss(programme, bearer), Account.AtRisk(programme, bearer))),
            (IncidentMovementKind.ForcedRecovered or IncidentMovementKind.ForcedWaived, { } bearer) =>
                Posted(movement, (Account.Funds(programme, bearer), Account.Loss(programme, bearer))),
            (IncidentMovementKind.Stands, null) => Posted(movement, (late, Account.Committed(movement.Batch, source))),
            (IncidentMovementKind.StandsAfterClose, null) => Posted(movement, (late, Account.Funds(programme, source))),
            _ => new Refusal("incident.unknown_kind",
                "This kind of incident movement is unknown, so it cannot be booked. Update Reconciliation to the "
                + "version of Payments.",
                RefusalKind.Invalid),
        };
    }

    private static Result<IReadOnlyList<Posting>> Posted(
        ReportedIncidentMovement movement, params (string Debit, string Credit)[] pairs) =>
        Array.ConvertAll(
            pairs, pair => new Posting($"incident {movement.Kind}", pair.Debit, pair.Credit, movement.AmountMinor));
}

/// <summary>The cost of incidents of one kind for one source in a batch; minor units.</summary>
/// <param name="Count">Incidents.</param>
/// <param name="LossMinor">Claimed and not waived: recovered + written off + outstanding.</param>
/// <param name="RiskedMinor">
/// The amount that bearers reserved for attempts that were given up. The amount at risk is this less ended risks and
/// forced losses.
/// </param>
/// <param name="OwedMinor">Money that came back in excess: given back + outstanding.</param>
public sealed record IncidentTotal(
    string Kind, string FundingSource, long Count, long LossMinor, long RecoveredMinor, long WrittenOffMinor,
    long OwedMinor, long GivenBackMinor, long StandsMinor,
    long RiskedMinor, long RiskEndedMinor)
{
    /// <param name="movements">Kind of incident, source, incident, kind of movement and amount.</param>
    public static IReadOnlyList<IncidentTotal> Of(IEnumerable<(string Kind, string Source, string Incident,
        string Movement, long AmountMinor)> movements) =>
    [
        .. movements.GroupBy(movement => (movement.Kind, movement.Source))
            .OrderBy(group => group.Key.Kind, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Source, StringComparer.Ordinal)
            .Select(group =>
            {
                long Sum(params IncidentMovementKind[] kinds) =>
                    group.Where(movement => kinds.Contains(Word.Parse<IncidentMovementKind>(movement.Movement, "kind")))
                        .Sum(movement => movement.AmountMinor);
                return new IncidentTotal(
                    group.Key.Kind,
                    group.Key.Source,
                    group.Select(movement => movement.Incident).Distinct().LongCount(),
                    Sum(IncidentMovementKind.Claimed, IncidentMovementKind.ForcedLoss)
                        - Sum(IncidentMovementKind.Waived, IncidentMovementKind.ForcedWaived),
                    Sum(IncidentMovementKind.Recovered, IncidentMovementKind.ForcedRecovered),
                    Sum(IncidentMovementKind.WrittenOff),
                    Sum(IncidentMovementKind.Owed) - Sum(IncidentMovementKind.NotOwed),
                    Sum(IncidentMovementKind.GivenBack),
                    Sum(IncidentMovementKind.Stands, IncidentMovementKind.StandsAfterClose),
                    Sum(IncidentMovementKind.Risked),
                    Sum(IncidentMovementKind.RiskEnded));
            }),
    ];
}
