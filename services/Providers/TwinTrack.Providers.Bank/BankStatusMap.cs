using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// The bank's words. A code on its own stands for any reason; <c>CODE/REASON</c> takes precedence where the reason turns the meaning around.
/// Sources: ISO 20022 External Code Sets (payment group and transaction status, status reason, investigation execution confirmation) and the
/// closed list of TxCxlSts in camt.029.001.09.
/// </summary>
public static class BankStatusMap
{
    internal const string Status = "pain.002";
    internal const string Cancellation = "camt.029";
    internal const string Booking = "camt.054";

    private const string StatusCodes = "ISO 20022 ExternalPaymentTransactionStatus1Code";
    private const string ReasonCodes = "ISO 20022 ExternalStatusReason1Code";
    private const string ConfirmationCodes = "ISO 20022 ExternalInvestigationExecutionConfirmation1Code";
    private const string TxCxlSts = "camt.029.001.09 CancellationIndividualStatus1Code";
    private const string Entry = "camt.053/054.001.08 ReportEntry10";

    public static readonly StatusMap Table = new(
        // On its way. ACTC speaks of the file's syntax only; ACSP to PDNG of promises.
        new(Status, "RCVD", Outcome.Accepted, Grade.C, StatusCodes),
        new(Status, "RCVC", Outcome.Accepted, Grade.C, StatusCodes),
        new(Status, "ACTC", Outcome.Accepted, Grade.C, StatusCodes),
        new(Status, "ACCP", Outcome.Accepted, Grade.C, StatusCodes),
        new(Status, "ACFC", Outcome.Accepted, Grade.C, StatusCodes),
        new(Status, "ACWC", Outcome.Accepted, Grade.C, StatusCodes),
        new(Status, "ACWP", Outcome.Accepted, Grade.C, StatusCodes),
        new(Status, "ACPD", Outcome.Accepted, Grade.C, StatusCodes),
        new(Status, "ACFW", Outcome.Accepted, Grade.C, StatusCodes),
        new(Status, "ACSP", Outcome.Accepted, Grade.C, StatusCodes),
        new(Status, "PATC", Outcome.Accepted, Grade.C, StatusCodes),
        new(Status, "PDNG", Outcome.Accepted, Grade.C, StatusCodes),

        // Executed: ACSC on our account, ACCC on the payee's, CPUC in the payee's hand.
        new(Status, "ACSC", Outcome.Settled, Grade.A, StatusCodes),
        new(Status, "ACCC", Outcome.Settled, Grade.A, StatusCodes),
        new(Status, "CPUC", Outcome.Settled, Grade.A, StatusCodes),

        // Refused before execution.
        new(Status, "RJCT", Outcome.Rejected, Grade.A, StatusCodes),
        new(Status, "CANC", Outcome.Recalled, Grade.A, StatusCodes),

        // "You have sent this before" refuses the copy and says nothing of the original, which may have been paid.
        new(Status, "RJCT/DU01", Outcome.Unknown, Grade.D, ReasonCodes),
        new(Status, "RJCT/DU02", Outcome.Unknown, Grade.D, ReasonCodes),
        new(Status, "RJCT/DU03", Outcome.Unknown, Grade.D, ReasonCodes),
        new(Status, "RJCT/DU04", Outcome.Unknown, Grade.D, ReasonCodes),
        new(Status, "RJCT/DU05", Outcome.Unknown, Grade.D, ReasonCodes),
        new(Status, "RJCT/DUPL", Outcome.Unknown, Grade.D, ReasonCodes),
        new(Status, "RJCT/AM05", Outcome.Unknown, Grade.D, ReasonCodes),

        // Neither posted nor given back.
        new(Status, "BLCK", Outcome.Unknown, Grade.D, StatusCodes),
        new(Status, "PART", Outcome.Unknown, Grade.D, "ISO 20022 ExternalPaymentGroupStatus1Code: look below, never final by itself"),

        new(Cancellation, "CNCL", Outcome.Recalled, Grade.A, ConfirmationCodes),
        new(Cancellation, "ACCR", Outcome.Recalled, Grade.A, TxCxlSts),
        new(Cancellation, "RJCR", Outcome.RecallRefused, Grade.C, TxCxlSts),
        new(Cancellation, "PDCR", Outcome.Unknown, Grade.C, TxCxlSts),
        new(Cancellation, "CWFW", Outcome.Unknown, Grade.C, ConfirmationCodes),
        new(Cancellation, "FTNA", Outcome.Unknown, Grade.C, ConfirmationCodes),
        new(Cancellation, "PECR", Outcome.Unknown, Grade.D, ConfirmationCodes),
        new(Cancellation, "NOOR", Outcome.Unknown, Grade.D, "Never received; may still arrive, so it frees nothing"),

        // BOOK only: PDNG, INFO and FUTR are not bookings.
        new(Booking, "BOOK/DBIT", Outcome.Settled, Grade.A, Entry),
        new(Booking, "BOOK/CRDT/RtrInf", Outcome.Returned, Grade.B, Entry));

    /// <summary>What a status means, in the light of its reasons.</summary>
    internal static Verdict Read(string message, string? code, IReadOnlyList<string> reasons)
    {
        foreach (var qualified in reasons.Select(reason => $"{code}/{reason}"))
        {
            if (Table.Rows.Any(row => row.Message == message && string.Equals(row.Code, qualified, StringComparison.OrdinalIgnoreCase)))
            {
                return Table.Read(message, qualified);
            }
        }

        var verdict = Table.Read(message, code);
        return reasons.Count == 0 ? verdict : verdict with { Code = $"{code}/{reasons[0]}" };
    }
}
