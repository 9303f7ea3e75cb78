using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>The other refusals of Payments, in order of precedence for each request.</summary>
public static class PaymentRefusals
{
    /// <summary>May succeed later: nothing of the cycle has arrived yet.</summary>
    public static readonly Refusal UnknownCycle = new(
        "cycle.unknown", "No such cycle has reached Payments.", RefusalKind.NotFound);

    /// <summary>May succeed later while the cycle is still arriving.</summary>
    public static Refusal CycleNotReady(CycleState state, string? reason) =>
        new("cycle.not_ready", $"The cycle is {state}{(reason is null ? "" : ": " + reason)}.");

    /// <summary>May succeed later, when the open batch is released or given up.</summary>
    public static readonly Refusal BatchAlreadyOpen =
        new("batch.already_open", "The cycle has a batch that is not released yet.", RefusalKind.Conflict);

    public static readonly Refusal NothingToPay = new(
        "batch.nothing_to_pay", "Every obligation of the cycle is in a batch already.");

    public static readonly Refusal UnknownBatch = new("batch.unknown", "No such batch.", RefusalKind.NotFound);

    public static readonly Refusal NoReason = new(
        "batch.no_reason", "Say why, in 1 to 500 characters.", RefusalKind.Invalid);

    public static readonly Refusal UnreadableFunds =
        new("funds.unreadable", "Name a programme and a funding source, each of 1 to 64 characters.",
            RefusalKind.Invalid);

    public static readonly Refusal OtherCurrency = new("funds.other_currency", "The fund is kept in another currency.");

    /// <summary>May succeed later, after a deposit.</summary>
    public static Refusal InsufficientFunds(string source) =>
        new("funds.insufficient", $"The funds of '{source}' do not suffice for this batch.");

    public static readonly Refusal UnreadablePayment =
        new("payment.unreadable_id", "Give an obl_, ent_ or ins_ id.", RefusalKind.Invalid);

    public static readonly Refusal UnknownPayment = new("payment.unknown", "No such payment.", RefusalKind.NotFound);
}
