using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>Speed and waiting times of a channel, from its connection's settings.</summary>
/// <param name="UnitMax">Orders a unit, 1 to 1,000; setting <c>unitMax</c>, default 500.</param>
/// <param name="PaymentsPerSecond">
/// Pacing of submissions, 0.01 to 100,000; setting <c>paymentsPerSecond</c>, default 1,000.
/// </param>
/// <param name="AskEvery">
/// Between two questions about one unit, 0.1 s to a day; setting <c>askEverySeconds</c>, default 30 s.
/// </param>
/// <param name="InDoubtAfter">
/// A sent order without a final outcome is in doubt after this time, 0.1 s to 90 days. Setting
/// <c>inDoubtAfterSeconds</c>, default 600 s.
/// </param>
/// <param name="Validity">
/// After this time, absence from a final statement proves that an order lapsed. 1 s to a year; setting
/// <c>validitySeconds</c>, default 10 days. Must not be shorter than the provider's contract says.
/// </param>
/// <param name="PayeeWait">
/// How long a queued order waits for its payee to become known, 0 s to a day; setting <c>payeeWaitSeconds</c>, default
/// 300 s.
/// </param>
public sealed record Tempo(
    int UnitMax, double PaymentsPerSecond, TimeSpan AskEvery, TimeSpan InDoubtAfter, TimeSpan Validity,
    TimeSpan PayeeWait)
{
    private const double Day = 86_400;

    /// <summary>The refusal names the first setting that is not a number in its range.</summary>
    public static Result<Tempo> Of(Connection connection)
    {
        var numbers = new SettingNumbers(connection);
        var tempo = new Tempo(
            (int)numbers.Read("unitMax", 500, 1, 1_000),
            numbers.Read("paymentsPerSecond", 1_000, 0.01, 100_000),
            numbers.Seconds("askEverySeconds", 30, 0.1, Day),
            numbers.Seconds("inDoubtAfterSeconds", 600, 0.1, 90 * Day),
            numbers.Seconds("validitySeconds", 10 * Day, 1, 366 * Day),
            numbers.Seconds("payeeWaitSeconds", 300, 0, Day));
        return numbers.Refusal is { } refusal ? refusal : tempo;
    }

    /// <summary>How long this many orders take at the channel's pace.</summary>
    public TimeSpan TimeOf(int orders) => TimeSpan.FromSeconds(orders / PaymentsPerSecond);
}
