using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain.Webhooks;

/// <summary>
/// The event types for subscribers. Each state that an instruction or batch can enter after it was made has one, named
/// like the state.
/// </summary>
public static class EventTypes
{
    private const string PaymentPrefix = "payment.";
    private const string BatchPrefix = "batch.";

    /// <summary>States of instructions that subscribers may receive. A plan is internal.</summary>
    public static readonly IReadOnlyList<InstructionState> Payments =
    [
        InstructionState.Sent, InstructionState.Accepted, InstructionState.InDoubt, InstructionState.Settled,
        InstructionState.Rejected, InstructionState.Recalled, InstructionState.Withdrawn, InstructionState.Returned,
        InstructionState.Abandoned, InstructionState.SettledLate,
    ];

    public static readonly IReadOnlyList<BatchState> Batches =
    [
        BatchState.AwaitingApproval, BatchState.Approved, BatchState.Released, BatchState.Certified, BatchState.Refused,
        BatchState.Cancelled,
    ];

    public static readonly IReadOnlyList<string> All = [.. Payments.Select(Of), .. Batches.Select(Of)];

    public static string Of(InstructionState state) => PaymentPrefix + Word.Of(state);

    public static string Of(BatchState state) => BatchPrefix + Word.Of(state);

    public static bool IsAboutBatch(string type) => type.StartsWith(BatchPrefix, StringComparison.Ordinal);
}
