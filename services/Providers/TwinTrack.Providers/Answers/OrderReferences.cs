using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Answers;

/// <summary>Finds the order for a reference in our form.</summary>
internal sealed class OrderReferences(ProvidersDb db)
{
    /// <summary>
    /// Finds orders by our order reference. Some banks carry only the end-to-end reference, which names the obligation.
    /// Then exactly one order for it must have left over this channel. A missing key means no order of this channel, or
    /// several possible orders.
    /// </summary>
    public async Task<Dictionary<InstructionId, InstructionId>> ResolveAsync(
        string channel, IEnumerable<InstructionId> named, CancellationToken cancel)
    {
        var orders = new Dictionary<InstructionId, InstructionId>();
        foreach (var chunk in named.Distinct().Chunk(VerdictWriter.VerdictsMax))
        {
            var ids = chunk.ToList();
            foreach (var id in await db.PaymentOrders.AsNoTracking()
                .Where(row => ids.Contains(row.InstructionId) && row.Channel == channel)
                         .Select(row => row.InstructionId).ToListAsync(cancel))
            {
                orders[id] = id;
            }

            var obligations = ids.Where(id => !orders.ContainsKey(id)).Select(id => ObligationId.From(id.Value))
                .ToList();
            var sent = obligations.Count == 0 ? [] : await db.PaymentOrders.AsNoTracking()
                .Where(row => obligations.Contains(row.ObligationId) && row.Channel == channel && row.Sequence != null)
                .Select(row => new SentOrder(row.ObligationId, row.InstructionId)).ToListAsync(cancel);
            foreach (var order in ObligationReference.OnlyOrders(sent))
            {
                orders[InstructionId.From(order.Obligation.Value)] = order.Instruction;
            }
        }

        return orders;
    }
}
