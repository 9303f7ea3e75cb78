using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney;

/// <summary>
/// The operator's codes. A code alone covers any reason. <c>CODE/REASON</c> takes precedence where the reason changes
/// the meaning. Source of all: GSMA Mobile Money API 1.2, with the schema or chapter named in the row.
/// </summary>
public static class MobileMoneyStatusMap
{
    internal const string Request = "requeststate";
    internal const string Batch = "batch";
    internal const string Transaction = "transaction";
    internal const string Completions = "completions";
    internal const string Rejections = "rejections";
    internal const string Reversal = "reversal";
    internal const string Refused = "refusal";

    /// <summary>The code for a row in a list, because the lists have no codes of their own.</summary>
    internal const string Listed = "LISTED";

    internal const string Duplicate = "duplicateRequest";

    private const string States = "requestStateObject.status";
    private const string BatchStates = "batchStatus";
    private const string FreeText =
        "responseTransaction.transactionStatus: free text, samples use completed and Completed";
    private const string OfTheBody =
        "errorObject.errorCode; follows from the body alone, so the first copy met the same refusal";
    private const string OfTheMoment = "errorObject.errorCode; refuses this copy, an earlier one may have been taken";
    private const string OfTheCopy = "errorObject.errorCode; refuses the copy and says nothing of the original";

    public static readonly StatusMap Table = new(
        new(Request, "pending", Outcome.Accepted, Grade.C, States),
        new(Request, "completed", Outcome.Accepted, Grade.C,
            States + ": the request was worked off; its object says how it ended"),
        new(Request, "failed", Outcome.Rejected, Grade.A, States),
        new(Request, "failed/" + Duplicate, Outcome.Unknown, Grade.D, OfTheCopy),

        new(Batch, "created", Outcome.Accepted, Grade.C, BatchStates + ": parsed, waits for approval"),
        new(Batch, "approved", Outcome.Accepted, Grade.C, BatchStates),
        new(Batch, "completed", Outcome.Accepted, Grade.C,
            BatchStates + ": of the batch; completions and rejections say how each ended"),

        new(Completions, Listed, Outcome.Settled, Grade.A, "responseBatchTransactionCompletion"),
        new(Rejections, Listed, Outcome.Rejected, Grade.A,
            "responseBatchTransactionRejection; its reason is free text"),
        new(Rejections, Listed + "/" + Duplicate, Outcome.Unknown, Grade.D, OfTheCopy),

        new(Transaction, "pending", Outcome.Accepted, Grade.C, FreeText),
        new(Transaction, "completed", Outcome.Settled, Grade.A, FreeText),
        new(Transaction, "failed", Outcome.Rejected, Grade.A, FreeText),

        new(Reversal, "completed", Outcome.Returned, Grade.B, FreeText + "; of a reversal: the money is back"),
        new(Reversal, "pending", Outcome.Unknown, Grade.C, FreeText),
        new(Reversal, "failed", Outcome.RecallRefused, Grade.C, FreeText + "; of a reversal: the payment stands"),

        new(Refused, "formatError", Outcome.Rejected, Grade.A, OfTheBody),
        new(Refused, "lengthError", Outcome.Rejected, Grade.A, OfTheBody),
        new(Refused, "negativeValue", Outcome.Rejected, Grade.A, OfTheBody),
        new(Refused, "mandatoryValueNotSupplied", Outcome.Rejected, Grade.A, OfTheBody),
        new(Refused, "currencyNotSupported", Outcome.Rejected, Grade.A, OfTheBody),
        new(Refused, "transactionTypeError", Outcome.Rejected, Grade.A, OfTheBody),
        new(Refused, "samePartiesError", Outcome.Rejected, Grade.A, OfTheBody),
        new(Refused, Duplicate, Outcome.Unknown, Grade.D, OfTheCopy),
        new(Refused, "clientAuthorisationError", Outcome.Unknown, Grade.D, OfTheMoment),
        new(Refused, "insufficientFunds", Outcome.Unknown, Grade.D, OfTheMoment),
        new(Refused, "rateLimitError", Outcome.Unknown, Grade.D, OfTheMoment),
        new(Refused, "identifierError", Outcome.Unknown, Grade.D, OfTheMoment),
        new(Refused, "genericError", Outcome.Unknown, Grade.D, OfTheMoment));

    /// <summary>The meaning of a code with its reason.</summary>
    internal static Verdict Read(string message, string? code, string? reason = null)
    {
        var qualified = $"{code}/{reason}";
        var row = reason is null ? null : Table.Rows.FirstOrDefault(row =>
            row.Message == message && string.Equals(row.Code, qualified, StringComparison.OrdinalIgnoreCase));
        var verdict = Table.Read(message, row?.Code ?? code);
        return reason is null ? verdict : verdict with { Code = reason };
    }
}
