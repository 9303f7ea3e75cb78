using TwinTrack.Kernel;

namespace TwinTrack.Payments.Domain;

/// <summary>The other refusals of Payments, in order of precedence for each request.</summary>
public static class PaymentRefusals
{
    /// <summary>May succeed later: nothing of the cycle has arrived yet.</summary>
    public static readonly Refusal UnknownCycle = new(
        "cycle.unknown",
            "No cycle with this id has reached Payments. Check the id, or wait until the cycle is closed and sent.",
            RefusalKind.NotFound);

    /// <summary>May succeed later while the cycle is still arriving.</summary>
    public static Refusal CycleNotReady(CycleState state, string? reason) =>
        new("cycle.not_ready",
            $"The cycle is {state}{(reason is null ? "" : ": " + reason)}. Only a ready cycle can be put into a "
            + "batch.");

    /// <summary>May succeed later, when the open batch is released or given up.</summary>
    public static readonly Refusal BatchAlreadyOpen =
        new("batch.already_open",
            "The cycle has a batch that is not released yet. Release, refuse or cancel that batch first.",
            RefusalKind.Conflict);

    public static readonly Refusal NothingToPay = new(
        "batch.nothing_to_pay",
            "Every obligation of the cycle is already in a batch. There is nothing to plan.");

    public static readonly Refusal UnknownBatch = new("batch.unknown",
        "No batch has this id. Check the id in the list of batches.", RefusalKind.NotFound);

    public static readonly Refusal NoReason = new(
        "batch.no_reason", "The reason is missing or too long. Give 1 to 500 characters.", RefusalKind.Invalid);

    public static readonly Refusal UnreadableFunds =
        new("funds.unreadable",
            "The programme or the funding source is missing or too long. Give each in 1 to 64 characters.",
            RefusalKind.Invalid);

    public static Refusal OtherCurrency(string given, string held) => new("funds.other_currency",
        $"The deposit is in {given}, and this fund is in {held}. Deposit in {held}, or name another funding source.");

    /// <summary>May succeed later, after a deposit.</summary>
    public static Refusal InsufficientFunds(string source) =>
        new("funds.insufficient",
            $"The funds of '{source}' do not suffice for this batch. Deposit more funds first.");

    public static readonly Refusal UnreadablePayment =
        new("payment.unreadable_id",
            "This is not the id of a payment. Give an id that begins with obl_, ent_ or ins_.", RefusalKind.Invalid);

    public static readonly Refusal UnknownPayment = new("payment.unknown",
        "No payment has this id. Check the id.", RefusalKind.NotFound);
}
