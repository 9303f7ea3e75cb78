using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>An order that left over a channel, with the obligation that it pays.</summary>
public sealed record SentOrder(ObligationId Obligation, InstructionId Instruction);

/// <summary>Finds the order when a provider names only the obligation.</summary>
public static class ObligationReference
{
    /// <summary>
    /// The order of each obligation with exactly one sent order. If there are several orders, the answer applies to
    /// none of them.
    /// </summary>
    public static IEnumerable<SentOrder> OnlyOrders(IEnumerable<SentOrder> sent) =>
        sent.GroupBy(order => order.Obligation).Where(orders => orders.Count() == 1)
            .Select(orders => orders.Single());
}
