using TwinTrack.Platform.Messaging;

namespace TwinTrack.Platform.Tests.Bakery;

/// <summary>Notes what was delivered where, whichever version said so.</summary>
internal sealed class DeliverBreadHandler(BakeryDb db)
    : IMessageHandler<V1.DeliverBread>, IMessageHandler<V2.DeliverBread>
{
    public Task HandleAsync(V1.DeliverBread message, CancellationToken cancel) => Note($"{message.Order} to the shop");

    public Task HandleAsync(V2.DeliverBread message, CancellationToken cancel) =>
        Note($"{message.Order} to {message.Street}");

    private Task Note(string delivered)
    {
        db.Orders.Add(new BakedOrder { Name = delivered });
        return db.SaveChangesAsync();
    }
}
