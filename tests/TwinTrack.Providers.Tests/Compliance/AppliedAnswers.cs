using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Compliance;

/// <summary>
/// Applies an adapter's answers about one unit like the service does. It uses <see cref="VerdictRule"/> and starts when
/// the unit is journaled.
/// </summary>
public sealed class AppliedAnswers(Unit unit)
{
    private readonly Dictionary<string, PaymentOrderState> _states =
        unit.Orders.ToDictionary(order => order.Reference, _ => PaymentOrderState.Sent);

    /// <summary>Every verdict on this unit or one of its orders.</summary>
    public List<Verdict> Verdicts { get; } = [];

    public IEnumerable<string> In(params PaymentOrderState[] states) =>
        _states.Where(order => states.Contains(order.Value)).Select(order => order.Key);

    public IEnumerable<string> Freed =>
        In(PaymentOrderState.Rejected, PaymentOrderState.Recalled, PaymentOrderState.Returned);

    public bool All(PaymentOrderState state) => _states.Values.All(one => one == state);

    public void Apply(Reading reading)
    {
        foreach (var line in reading.Lines.Where(line => _states.ContainsKey(line.Reference)))
        {
            Apply(line.Reference, line.Verdict);
        }

        foreach (var whole in reading.Units.Where(whole => whole.UnitReference == unit.Reference))
        {
            foreach (var order in unit.Orders.Where(
                order => !reading.Lines.Any(line => line.Reference == order.Reference)))
            {
                Apply(order.Reference, whole.Verdict);
            }
        }
    }

    private void Apply(string reference, Verdict verdict)
    {
        Verdicts.Add(verdict);
        _states[reference] = VerdictRule.Apply(_states[reference], verdict).State;
    }
}
