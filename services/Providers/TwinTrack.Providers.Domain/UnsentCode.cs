namespace TwinTrack.Providers.Domain;

/// <summary>Codes of an order that was held back, by the service or by its adapter: it provably never left.</summary>
public static class UnsentCode
{
    /// <summary>How all of them begin; bound to <c>Contracts/Words/ReportCodes</c>.</summary>
    public const string Prefix = "NEVER_SENT";

    /// <summary>The verdict on an order that an adapter leaves out of its call.</summary>
    /// <param name="reason">Such as <c>UNFIT_ACCOUNT</c>.</param>
    /// <param name="again">
    /// Whether the unit was called before. That call may have used other settings and may have sent the order. So the
    /// order stays in doubt, and its code does not say that it was never sent.
    /// </param>
    public static Verdict VerdictOf(string reason, bool again) =>
        again ? Verdict.Unknown(reason) : new Verdict(Outcome.Rejected, Grade.A, $"{Prefix}_{reason}");
}
