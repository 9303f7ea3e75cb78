using TwinTrack.Payments.Domain.Webhooks;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Payments.Features;

/// <summary>A subscriber as people may see it: never its secret.</summary>
/// <param name="Waiting">Deliveries that are pending.</param>
/// <param name="Missed">Events that were not stored because too many were waiting.</param>
internal sealed record SubscriberView(
    SubscriberId Id,
    string Name,
    string Address,
    IReadOnlyList<string> Types,
    string? Programme,
    string Party,
    SubscriberState State,
    string? Reason,
    int FailuresInARow,
    long Waiting,
    long Missed,
    DateTimeOffset? OldSecretUntil,
    DateTimeOffset CreatedAt)
{
    public static SubscriberView Of(Subscriber row) => new(
        row.Id, row.Name, row.Address, row.Types.Split(','), row.Programme, row.Party, row.State, row.Reason,
        row.FailuresInARow, row.Backlog, row.Missed, row.OldUntil, row.CreatedAt);
}
