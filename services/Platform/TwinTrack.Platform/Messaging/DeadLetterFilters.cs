using System.Text.Json;
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
    private const int TypeMax = 120;

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) =>
        Failures.KeepAsync(letters, receipts, context, ReasonOf(FailedMessage.Of(context.Body.GetBytes(), queue, "")));

    public void Probe(ProbeContext context) => context.CreateFilterScope("unknown-messages");

    private FailedMessage ReasonOf(FailedMessage failed)
    {
        if (failed.Type is null)
        {
            return failed with { Reason = "Unreadable" };
        }

        if (routes.TypeOf(failed.Type) is not { } type)
        {
            return failed with { Reason = $"UnknownType {failed.Type[..Math.Min(failed.Type.Length, TypeMax)]}" };
        }

        try
        {
            JsonSerializer.Deserialize(failed.Body!, type, MessageJson.Options);
            return failed with { Reason = "NotOfThisQueue" };
        }
        catch (JsonException fault)
        {
            return failed with { Reason = fault.Kind() };
        }
    }
}

internal static class Failures
{
    public static async Task KeepAsync(
        DeadLetters letters, Receipts receipts, ReceiveContext context, FailedMessage failed)
    {
        if (await letters.KeepAsync(failed, context.CancellationToken) && failed.Sender is not null)
        {
            await receipts.SendAsync(failed.Sender, new Receipt(failed.MessageId, failed.Queue), context.CancellationToken);
        }
    }
}
