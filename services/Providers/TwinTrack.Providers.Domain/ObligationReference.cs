using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>An order that left over a channel, with the obligation that it pays.</summary>
public sealed record SentOrder(ObligationId Obligation, InstructionId Instruction);

/// <summary>Which order a provider means that names only the obligation.</summary>
public static class ObligationReference
{
    /// <summary>
    /// The order of each obligation that left exactly once. An answer about one of several orders is not believed of
    /// any of them.
    /// </summary>
    public static IEnumerable<SentOrder> OnlyOrders(IEnumerable<SentOrder> sent) =>
        sent.GroupBy(order => order.Obligation).Where(orders => orders.Count() == 1)
            .Select(orders => orders.Single());
}
