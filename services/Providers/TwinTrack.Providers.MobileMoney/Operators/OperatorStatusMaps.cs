using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.MobileMoney.Operators;

/// <summary>
/// The codes of the operators that have their own interface. Texts beside the codes are for people. No decision depends
/// on them.
/// </summary>
public static class OperatorStatusMaps
{
    internal const string AirtelDuplicate = "DP00900001011";
    internal const string DarajaDuplicate = "500.002.1001";

    private const string MtnSource = "MTN MoMo Disbursement 1.0, transfer";
    private const string AirtelSource = "Airtel Money disbursements v2, status.response_code";
    private const string AirtelWord = "Airtel Money disbursements v2, data.transaction.status";
    private const string DarajaSource = "Safaricom Daraja B2C v3";
    private const string DarajaStatus =
        "Safaricom Daraja TransactionStatusQuery, TransactionStatus; only in an answer that carries our mark";
    private const string OnafriqSource = "Onafriq asynchronous hub, status.code";

    public static readonly StatusMap Mtn = new(
        new("mtn submit", "202", Outcome.Accepted, Grade.C, MtnSource + ": an empty 202"),
        new("mtn submit", "RESOURCE_ALREADY_EXIST", Outcome.Unknown, Grade.D,
            MtnSource + ": refuses the copy and says nothing of the original; asked for"),
        new("mtn submit", "INVALID_CALLBACK_URL_HOST", Outcome.Rejected, Grade.A,
            MtnSource + ": follows from the request alone, so the first copy met the same refusal"),
        new("mtn submit", "INVALID_CURRENCY", Outcome.Rejected, Grade.A,
            MtnSource + ": follows from the request alone, so the first copy met the same refusal"),
        new("mtn transfer", "PENDING", Outcome.Accepted, Grade.C, MtnSource + " status"),
        new("mtn transfer", "SUCCESSFUL", Outcome.Settled, Grade.A, MtnSource + " status"),
        new("mtn transfer", "FAILED", Outcome.Rejected, Grade.A, MtnSource + " status; its reason is kept for people"),
        new("mtn transfer", "DELAYED", Outcome.Unknown, Grade.D, MtnSource + " status"),
        new("mtn transfer", "ONGOING", Outcome.Unknown, Grade.D, MtnSource + " status"));

    public static readonly StatusMap Airtel = new(
        new("airtel code", "DP00900001001", Outcome.Settled, Grade.A, AirtelSource),
        new("airtel code", "DP00900001006", Outcome.Accepted, Grade.C, AirtelSource + ": in process"),
        new("airtel code", "DP00900001004", Outcome.Rejected, Grade.A, AirtelSource + ": amount"),
        new("airtel code", "DP00900001012", Outcome.Rejected, Grade.A, AirtelSource + ": number"),
        new("airtel code", "DP00900001013", Outcome.Rejected, Grade.A, AirtelSource + ": validation"),
        new("airtel code", "DP00900001000", Outcome.Unknown, Grade.D, AirtelSource + ": ambiguous"),
        new("airtel code", AirtelDuplicate, Outcome.Unknown, Grade.D,
            AirtelSource + ": refuses the copy and says nothing of the original; asked for"),
        new("airtel transaction", "TS", Outcome.Settled, Grade.A, AirtelWord),
        new("airtel transaction", "TF", Outcome.Rejected, Grade.A,
            AirtelWord + "; only beside a code that refuses, too"),
        new("airtel transaction", "TIP", Outcome.Accepted, Grade.C, AirtelWord),
        new("airtel transaction", "TA", Outcome.Unknown, Grade.D, AirtelWord + ": ambiguous"));

    public static readonly StatusMap Daraja = new(
        new("daraja acknowledgement", "0", Outcome.Accepted, Grade.C,
            DarajaSource + ", ResponseCode: taken in, nothing more"),
        new("daraja acknowledgement", DarajaDuplicate, Outcome.Unknown, Grade.D,
            DarajaSource + ", errorCode: refuses the copy and says nothing of the original; asked for"),
        new("daraja transaction status", "Completed", Outcome.Settled, Grade.A, DarajaStatus),
        new("daraja transaction status", "Failed", Outcome.Rejected, Grade.A, DarajaStatus),
        new("daraja transaction status", "Pending", Outcome.Accepted, Grade.C, DarajaStatus));

    public static readonly StatusMap Onafriq = new(
        new("onafriq acknowledgement", "100", Outcome.Accepted, Grade.C, OnafriqSource),
        new("onafriq acknowledgement", "101", Outcome.Rejected, Grade.A, OnafriqSource),
        new("onafriq acknowledgement", "ER*", Outcome.Rejected, Grade.A,
            OnafriqSource + ": any code that begins so is permanent by its documentation"),
        new("onafriq status", "MR101", Outcome.Settled, Grade.A, OnafriqSource),
        new("onafriq status", "ER*", Outcome.Rejected, Grade.A,
            OnafriqSource + ": any code that begins so is permanent by its documentation"),
        new("onafriq status", "MR102", Outcome.Unknown, Grade.D, OnafriqSource + ": with the back office"),
        new("onafriq status", "MR103", Outcome.Unknown, Grade.D, OnafriqSource + ": with the back office"),
        new("onafriq status", "MR108", Outcome.Accepted, Grade.C,
            OnafriqSource + ": queued, and executed later by itself"));

    internal static Verdict ReadOnafriq(string message, string? code) =>
        code is { Length: > 2 } && code.StartsWith("ER", StringComparison.OrdinalIgnoreCase)
            && code.Skip(2).All(char.IsAsciiDigit)
            ? Onafriq.Read(message, "ER*") with { Code = code }
            : Onafriq.Read(message, code);
}
