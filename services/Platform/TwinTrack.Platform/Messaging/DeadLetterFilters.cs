using MassTransit;
using TwinTrack.Platform.Health;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Messaging;

/// <summary>
/// Stores a message whose tries have all failed in the consumer's database. This replaces an error queue of the broker.
/// </summary>
internal sealed class FailedMessageFilter(DeadLetters letters, Receipts receipts, string queue)
    : IFilter<ExceptionReceiveContext>
{
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next) =>
        context.Exception.IsOutage()
        ? throw new InvalidOperationException(
            "The database is away for too long to hold this message; the queue keeps it.", context.Exception)
        : Failures.KeepAsync(
            letters, receipts, context,
            FailedMessage.Of(context.Body.GetBytes(), queue, context.Exception.Kind()));

    public void Probe(ProbeContext context) => context.CreateFilterScope("dead-letters");
}

/// <summary>
/// Keeps a message that the bus could not read as the contract of its queue. The reason names the member that is not
/// the contract's, or the type and version that this build does not know.
/// </summary>
internal sealed class UnknownMessageFilter(DeadLetters letters, Receipts receipts, MessageRoutes routes, string queue)
    : IFilter<ReceiveContext>
{
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) =>
        Failures.KeepAsync(letters, receipts, context, ReasonOf(FailedMessage.Of(context.Body.GetBytes(), queue, "")));

    public void Probe(ProbeContext context) => context.CreateFilterScope("unknown-messages");

    private FailedMessage ReasonOf(FailedMessage failed) => failed with
    {
        Reason = failed.Type is null || failed.Body is null
            ? "Unreadable" : routes.WhyUnreadable(failed.Type, failed.Body) ?? "NotOfThisQueue",
    };
}

internal static class Failures
{
    public static async Task KeepAsync(
        DeadLetters letters, Receipts receipts, ReceiveContext context, FailedMessage failed)
    {
        if (await letters.KeepAsync(failed, context.CancellationToken) && failed.Sender is not null)
        {
            await receipts.SendAsync(failed.Sender, new Receipt(failed.MessageId, failed.Queue),
                context.CancellationToken);
        }
    }
}
