using System.Xml.Linq;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Bank;

/// <summary>
/// The bank's codes, complete for their ISO 20022 External Code Sets. A code alone covers any reason, except for RJCT.
/// There the reason must be listed, because a bank's own reason may mean "duplicate". <c>CODE/REASON</c> takes
/// precedence where it is listed.
/// </summary>
public static class BankStatusMap
{
    internal const string Status = "pain.002";
    internal const string Cancellation = "camt.029";
    internal const string Booking = "camt.052/053/054";
    internal const string EntryStatus = "camt.052/053/054 Ntry/Sts";
    internal const string Narrative = "NARR";

    private const string Reject = "RJCT";
    private const string StatusCodes = "ISO 20022 ExternalPaymentTransactionStatus1Code";
    private const string GroupCodes = "ISO 20022 ExternalPaymentGroupStatus1Code";
    private const string ReasonCodes = "ISO 20022 ExternalStatusReason1Code";
    private const string ConfirmationCodes = "ISO 20022 ExternalInvestigationExecutionConfirmation1Code";
    private const string RefusalCodes = "ISO 20022 ExternalPaymentCancellationRejection1Code";
    private const string ReturnCodes = "ISO 20022 ExternalReturnReason1Code";
    private const string EntryCodes = "ISO 20022 ExternalEntryStatus1Code";
    private const string TxCxlSts = "camt.029.001.09 CancellationIndividualStatus1Code";
    private const string Entry = "camt.052/053/054 ReportEntry";
    private const string BankCodes = "ISO 20022 bank transaction codes, PMNT: sub-family";

    private static readonly HashSet<string> Charges = ["CHRG", "COMM", "COME", "COMI", "COMT", "FEES", "INTR", "TAXE"];
    private static readonly HashSet<string> ComesBack = ["RRTN", "RPCR"];

    public static readonly StatusMap Table = new([
        // On its way. ACTC is about the file's syntax only. A verification of the payee's name (RV..) stops no payment
        // by itself.
        .. Rows(Status, "RCVD RCVC RVCM RVMC RVNA RVNC RVNM ACTC ACCP ACFC ACFW ACWC ACWP ACPD ACIS ACSP PATC PDNG",
            Outcome.Accepted, Grade.C, StatusCodes),

        // Executed: ACSC on our account, ACCC on the payee's, CPUC in the payee's hand.
        .. Rows(Status, "ACSC ACCC CPUC", Outcome.Settled, Grade.A, StatusCodes),

        // Refused before execution.
        new(Status, Reject, Outcome.Rejected, Grade.A, StatusCodes),
        new(Status, "CANC", Outcome.Recalled, Grade.A, StatusCodes),

        // BLCK is neither posted nor given back. PRES belongs to requests to pay. PART is about a group and never
        // final; the transactions decide.
        .. Rows(Status, "BLCK PRES", Outcome.Unknown, Grade.D, StatusCodes),
        new(Status, "PART", Outcome.Unknown, Grade.D, GroupCodes),

        .. Beside(Status, Reject, BankReasons.Refused, Outcome.Rejected, Grade.A, ReasonCodes),
        .. Beside(Status, Reject, BankReasons.Copy, Outcome.Unknown, Grade.D, ReasonCodes),
        .. Beside(Status, Reject, BankReasons.Transmission, Outcome.Unknown, Grade.D, ReasonCodes),
        .. Beside(Status, Reject, BankReasons.Carried, Outcome.Unknown, Grade.D, ReasonCodes),
        .. Beside(Status, Reject, BankReasons.Undone, Outcome.Unknown, Grade.D, ReasonCodes),
        .. Beside(Status, Reject, BankReasons.Elsewhere, Outcome.Unknown, Grade.D, ReasonCodes),
        .. Beside(Status, Reject, BankReasons.Narrative, Outcome.Unknown, Grade.D, ReasonCodes),

        new(Cancellation, "CNCL", Outcome.Recalled, Grade.A, ConfirmationCodes),
        new(Cancellation, "ACCR", Outcome.Recalled, Grade.A, TxCxlSts),
        .. Rows(Cancellation, "RJCR BIAS", Outcome.RecallRefused, Grade.C, ConfirmationCodes),
        .. Rows(Cancellation, "PDCR CWFW FTNA PDNG", Outcome.Unknown, Grade.C, ConfirmationCodes),
        .. Rows(Cancellation, "PACR", Outcome.Unknown, Grade.D, "camt.029.001.09 GroupCancellationStatus1Code"),

        // A partial answer, or an answer to something that we did not ask.
        .. Rows(
            Cancellation,
            "PECR ACDA ACNR ACVA CHRG CONF CVAA ICOV IDNE IDUP INFO IPAY IPYI IVCR MCOV MODI MWFW NINF PURP RJNR RJVA "
                + "SMTC SMTI UWFW",
            Outcome.Unknown,
            Grade.D,
            ConfirmationCodes),
        new(Cancellation, "NOOR", Outcome.Unknown, Grade.D, "Never received; may still arrive, so it frees nothing"),
        .. Beside(Cancellation, "RJCR", BankReasons.RecallRefused, Outcome.RecallRefused, Grade.C, RefusalCodes),
        .. Beside(Cancellation, "RJCR", BankReasons.RecallDoubted, Outcome.Unknown, Grade.D, RefusalCodes),

        // Only BOOK counts. PDNG, INFO and FUTR are not bookings and say nothing about an order.
        new(EntryStatus, "BOOK", Outcome.Settled, Grade.A, EntryCodes),
        .. Rows(EntryStatus, "PDNG FUTR INFO", Outcome.Unknown, Grade.D, EntryCodes),

        // A credit is a return only where the bank says so. A credit may also correct a wrong booking, and the right
        // booking follows.
        new(Booking, "BOOK/DBIT", Outcome.Settled, Grade.A, Entry),
        new(Booking, "BOOK/DBIT/RvslInd", Outcome.Unknown, Grade.D, Entry),
        new(Booking, "BOOK/CRDT", Outcome.Unknown, Grade.D, Entry),
        new(Booking, "BOOK/CRDT/RvslInd", Outcome.Unknown, Grade.D, Entry),
        new(Booking, "BOOK/CRDT/RtrInf", Outcome.Returned, Grade.B, Entry),
        .. Beside(Booking, "BOOK/CRDT", "RRTN RPCR", Outcome.Returned, Grade.B, BankCodes),
        .. Beside(Booking, "BOOK/CRDT/RtrInf", BankReasons.Returned, Outcome.Returned, Grade.B, ReturnCodes),
        .. Beside(Booking, "BOOK/CRDT/RtrInf", BankReasons.ReturnDoubted, Outcome.Unknown, Grade.D, ReturnCodes)]);

    /// <summary>The table as one bank uses it.</summary>
    /// <param name="ownRejections">
    /// The bank's own reasons (Prtry) that its contract lists as refusals before execution.
    /// </param>
    internal sealed class Rules(IReadOnlyCollection<string> ownRejections)
    {
        internal static readonly Rules Standard = new([]);

        /// <summary>The meaning of a status with its reasons. Of several reasons, the weakest meaning counts.</summary>
        internal Verdict Read(string message, string? code, IReadOnlyList<string> reasons)
        {
            var plain = Table.Read(message, code);
            var qualified = reasons.Select(reason => Beside(message, code, reason, plain)).ToList();
            return qualified.Count == 0 ? plain
                : qualified.Find(verdict => !verdict.Frees) is { Code: not null } doubt ? doubt : qualified[0];
        }

        private Verdict Beside(string message, string? code, string reason, Verdict plain)
        {
            var word = $"{code}/{reason}";
            return Table.Lists(message, word) ? Table.Read(message, word)
                : code == Reject && !ownRejections.Contains(reason) ? Verdict.Unknown(word)
                : plain with { Code = word };
        }
    }

    /// <summary>The word of one booked movement.</summary>
    internal static string BookingWord(bool debit, bool returned, string? subFamily, bool reversal) =>
        debit ? (reversal ? "BOOK/DBIT/RvslInd" : "BOOK/DBIT")
        : returned ? "BOOK/CRDT/RtrInf"
        : subFamily is not null && ComesBack.Contains(subFamily) ? $"BOOK/CRDT/{subFamily}"
        : reversal ? "BOOK/CRDT/RvslInd"
        : "BOOK/CRDT";

    internal static Verdict OfBooking(string word, string? reason) =>
        Rules.Standard.Read(Booking, word, reason is null ? [] : [reason]);

    /// <summary>The sub-family of a bank transaction code in the payments domain.</summary>
    internal static string? SubFamily(XElement element) =>
        element.Child("BkTxCd")?.Child("Domn") is { } domain && domain.Text("Cd") == "PMNT"
            ? domain.Text("Fmly", "SubFmlyCd") : null;

    /// <summary>Whether an entry is a bank charge and not a payment, by its sub-family in any domain.</summary>
    internal static bool IsCharge(XElement entry) =>
        entry.Child("BkTxCd")?.Text("Domn", "Fmly", "SubFmlyCd") is { } code && Charges.Contains(code);

    private static IEnumerable<StatusRow> Rows(
        string message, string codes, Outcome outcome, Grade grade, string source) =>
        codes.Split(' ').Select(code => new StatusRow(message, code, outcome, grade, source));

    private static IEnumerable<StatusRow> Beside(
        string message, string code, string reasons, Outcome outcome, Grade grade, string source) =>
        Rows(message, reasons, outcome, grade, source).Select(row => row with { Code = $"{code}/{row.Code}" });
}
