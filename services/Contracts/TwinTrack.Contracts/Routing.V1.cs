using TwinTrack.Contracts.Words;

namespace TwinTrack.Contracts.Routing.V1;

/// <summary>The channel of each instruction asked for, in the same chunk. Sent to Payments.</summary>
/// <param name="TableVersion">Version of the routing table that was applied.</param>
public sealed record InstructionsRouted(string RequestId, int Chunk, int TableVersion, IReadOnlyList<RoutedRow> Rows);

/// <param name="Channel">Null when no channel can reach this household now.</param>
/// <param name="Track">1 government, 2 aligned; 0 when there is no channel.</param>
/// <param name="Epoch">The channel's epoch when the route was found.</param>
/// <param name="Reason">One line for the payment's history: the rule, or why there is no channel.</param>
/// <param name="SwitchId">The switch that chose this channel; null on an ordinary route.</param>
public sealed record RoutedRow(string InstructionId, string? Channel, [WordOf(typeof(Tracks))] int Track, long Epoch,
    string Reason, string? SwitchId);

/// <summary>
/// The router may answer otherwise from now on: a channel, the table, a rule, a protocol, a switch or a suspension
/// changed. Payments asks again for everything that waits for a channel. Sent to Payments.
/// </summary>
/// <param name="Programme">The programme that the change concerns; null for all programmes.</param>
public sealed record RoutesChanged(string? Programme);

/// <summary>
/// A suspension of a track began or ended. Payments tells whoever releases a batch what will wait. Sent to Payments.
/// </summary>
/// <param name="SuspensionId">Text form, sus_... .</param>
/// <param name="Areas">P-codes; empty means all.</param>
/// <param name="EndedAt">Null while it is in force. Once it is given, it stays.</param>
public sealed record SuspensionChanged(string SuspensionId, [WordOf(typeof(Tracks))] int Track, string Programme,
    IReadOnlyList<string> Areas, DateTimeOffset? EndedAt);

/// <summary>
/// Makes a channel known to Providers, or changes it. Answered by <c>ChannelAbilitiesDeclared</c>. Sent by Routing.
/// </summary>
/// <param name="Adapter">The word for an adapter, such as bank. Providers knows the list.</param>
/// <param name="Epoch">The channel's epoch.</param>
public sealed record RegisterChannel(string Channel, string Provider, string Adapter,
    [WordOf(typeof(Tracks))] int Track, string Currency, long Epoch);

/// <summary>
/// Closes a channel's gate. Sent to Providers, which answers <c>ChannelFenced</c> once it is proved that nothing more
/// leaves. The queue is kept.
/// </summary>
/// <param name="Epoch">The channel's epoch, for the record. Only <see cref="StopScope"/> ends older orders.</param>
/// <param name="CommandNumber">
/// Counts the commands to this gate. A repeated command keeps its number. A command older than the last one applied
/// is ignored.
/// </param>
public sealed record FenceChannel(string Channel, long Epoch, long CommandNumber, string RequestedBy);

/// <summary>Opens a channel's gate. Sent to Providers.</summary>
/// <param name="Epoch">The channel's epoch, for the record.</param>
/// <param name="CommandNumber">
/// Counts the commands to this gate. A command older than the last one applied is ignored.
/// </param>
public sealed record OpenChannel(string Channel, long Epoch, long CommandNumber, string RequestedBy);

/// <summary>
/// Stops a scope on one channel, for a switch or a suspension. It covers orders of the programme and areas that are
/// older than the epoch. Providers proves it, withdraws what has not left and asks back what has. It answers each step
/// with <c>ScopeStopped</c>, and a repeated message again. The gate does not move. Sent to Providers.
/// </summary>
/// <param name="SwitchId">The switch, swi_..., or the suspension, sus_..., that stops the scope.</param>
/// <param name="Epoch">
/// The channel's epoch from this stop on. Orders of this epoch or a newer one are not covered.
/// </param>
/// <param name="Areas">P-codes; empty means all.</param>
/// <param name="Recall">Whether sent orders are asked back.</param>
public sealed record StopScope(
    string SwitchId, string Channel, long Epoch, string Programme, IReadOnlyList<string> Areas, bool Recall);

/// <summary>
/// Asks Payments for the state of the obligations in a switch's scope. Answered by <c>DispositionsCounted</c>.
/// </summary>
/// <param name="Channels">The channels that the switch leaves.</param>
/// <param name="QuestionNumber">Counts the questions. The answer to the latest question is used.</param>
/// <param name="WithList">Whether the list itself is hashed. The sums alone show progress and cost a fifth.</param>
/// <param name="Grouping">Further groupings, only with the list; null for none.</param>
public sealed record CountDispositions(
    string SwitchId, long QuestionNumber, string CycleId, string Programme, IReadOnlyList<string> Areas,
    IReadOnlyList<string> Channels, bool WithList = true, DispositionGrouping? Grouping = null);

/// <param name="ShareBoundaries">
/// 1 to 99: the starts of the parts of the share draw. Obligations are counted by their part.
/// </param>
/// <param name="PilotBoundaries">The same for the pilot draw.</param>
/// <param name="Obligations">Ids of obligations that are counted one by one.</param>
/// <param name="WithRowOfEachObligation">Whether to count by amount too and to give the row of each obligation.</param>
public sealed record DispositionGrouping(IReadOnlyList<int> ShareBoundaries, IReadOnlyList<int> PilotBoundaries,
    IReadOnlyList<string> Obligations, bool WithRowOfEachObligation);

/// <summary>
/// Lets Payments move what evidence has freed in a switch's scope, now and as more is freed, until
/// <see cref="EndMove"/>.
/// </summary>
/// <param name="ListHash">The list that was voted on. Another list is refused with <c>MoveRefused</c>.</param>
/// <param name="Decision">The people whose votes decided it, for the audit record.</param>
public sealed record StartMove(
    string SwitchId,
    string CycleId,
    string Programme,
    IReadOnlyList<string> Areas,
    IReadOnlyList<string> Channels,
    string ListHash,
    string Decision);

/// <summary>
/// The switch is closed. An obligation that is freed later waits for a follow-up batch. Sent to Payments.
/// </summary>
public sealed record EndMove(string SwitchId);
