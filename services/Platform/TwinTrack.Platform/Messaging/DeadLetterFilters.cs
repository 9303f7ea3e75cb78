using MassTransit;
using TwinTrack.Platform.Health;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Messaging;

/// <summary>
/// What is left of a message when every try has failed: noted in the consumer's database, in place of an error queue of
/// the broker's.
/// </summary>
internal sealed class FailedMessageFilter(DeadLetters letters, Receipts receipts, string queue)
    : IFilter<ExceptionReceiveContext>
{
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next) =>
        context.Exception.IsOutage()
        ? throw new InvalidOperationException(
            "The database is away for too long to hold this message; the queue keeps it.", context.Exception)
        : Failures.KeepAsync(letters, receipts, queue, context, context.Exception.Kind());

    public void Probe(ProbeContext context) => context.CreateFilterScope("dead-letters");
}

/// <summary>What is left of a message that no consumer of its queue knows.</summary>
internal sealed class UnknownMessageFilter(DeadLetters letters, Receipts receipts, string queue)
    : IFilter<ReceiveContext>
{
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) =>
        Failures.KeepAsync(letters, receipts, queue, context, "UnknownType");

    public void Probe(ProbeContext context) => context.CreateFilterScope("unknown-messages");
}

internal static class Failures
{
    public static async Task KeepAsync(DeadLetters letters, Receipts receipts, string queue, ReceiveContext context,
        string reason)
    {
        var failed = FailedMessage.Of(context.Body.GetBytes(), queue, reason);
        if (await letters.KeepAsync(failed, context.CancellationToken) && failed.Sender is not null)
        {
            await receipts.SendAsync(failed.Sender, new Receipt(failed.MessageId, queue), context.CancellationToken);
        }
    }
}
