using System.Globalization;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Domain;

/// <summary>How fast and how patiently a channel is worked; from its connection's settings.</summary>
/// <param name="UnitMax">Orders a unit, 1 to 1,000; setting <c>unitMax</c>, default 500.</param>
/// <param name="PaymentsPerSecond">Pacing of submissions, 0.01 to 100,000; setting <c>paymentsPerSecond</c>, default 1,000.</param>
/// <param name="AskEvery">Between two questions about one unit, 0.1 s to a day; setting <c>askEverySeconds</c>, default 30 s.</param>
/// <param name="InDoubtAfter">A sent order without a final word is in doubt after this, 0.1 s to 90 days; setting <c>inDoubtAfterSeconds</c>, default 600 s.</param>
/// <param name="Validity">
/// After this, absence from a final statement proves that an order lapsed, 1 s to a year; setting <c>validitySeconds</c>, default 10 days. Must not be shorter
/// than what the provider's contract says.
/// </param>
/// <param name="PayeeWait">How long a queued order waits for its payee to become known, 0 s to a day; setting <c>payeeWaitSeconds</c>, default 300 s.</param>
public sealed record Tempo(
    int UnitMax, double PaymentsPerSecond, TimeSpan AskEvery, TimeSpan InDoubtAfter, TimeSpan Validity, TimeSpan PayeeWait)
{
    private const double Day = 86_400;

    /// <summary>Refuses by the name of the first setting that is no number in its range.</summary>
    public static Result<Tempo> Of(Connection connection)
    {
        string? bad = null;
        double Read(string name, double standard, double min, double max)
        {
            if (connection[name] is not { } text)
            {
                return standard;
            }

            if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            {
                return value;
            }

            bad ??= string.Create(CultureInfo.InvariantCulture, $"Setting '{name}' must be a number from {min} to {max}.");
            return standard;
        }

        var tempo = new Tempo(
            (int)Read("unitMax", 500, 1, 1_000),
            Read("paymentsPerSecond", 1_000, 0.01, 100_000),
            TimeSpan.FromSeconds(Read("askEverySeconds", 30, 0.1, Day)),
            TimeSpan.FromSeconds(Read("inDoubtAfterSeconds", 600, 0.1, 90 * Day)),
            TimeSpan.FromSeconds(Read("validitySeconds", 10 * Day, 1, 366 * Day)),
            TimeSpan.FromSeconds(Read("payeeWaitSeconds", 300, 0, Day)));
        return bad is null ? tempo : new Refusal("connection.setting_unreadable", bad);
    }

    /// <summary>How long this many orders take at the channel's pace.</summary>
    public TimeSpan TimeOf(int orders) => TimeSpan.FromSeconds(orders / PaymentsPerSecond);
}
