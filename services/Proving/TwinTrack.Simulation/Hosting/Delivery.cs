using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Simulation.Hosting;

/// <summary>Brings one kind of message to its real handler, inside the real inbox transaction.</summary>
internal abstract class Delivery
{
    public abstract Type Message { get; }

    public abstract Task HandleAsync(IServiceProvider scope, object message, Guid id);
}

internal sealed class Delivery<TDb, TMessage, THandler> : Delivery
    where TDb : ServiceDb
    where TMessage : class
    where THandler : IMessageHandler<TMessage>
{
    public override Type Message => typeof(TMessage);

    public override Task HandleAsync(IServiceProvider scope, object message, Guid id) =>
        scope.GetRequiredService<InboxConsumer<TDb, TMessage, THandler>>()
            .HandleAsync((TMessage)message, id, CancellationToken.None);
}
