using System.Globalization;

namespace TwinTrack.Proving.Demo;

/// <summary>
/// How fast a channel is driven, and how long its provider may be silent, as settings of its connection.
/// </summary>
/// <param name="PaymentsPerSecond">Orders a second.</param>
/// <param name="UnitMax">Orders a file or call.</param>
/// <param name="InDoubtAfterSeconds">Without a final word by then, an order is in doubt.</param>
/// <param name="ValiditySeconds">After it, an order that a final statement does not show was never executed.</param>
internal sealed record ChannelPace(int PaymentsPerSecond, int UnitMax, double AskEverySeconds,
    double InDoubtAfterSeconds, double ValiditySeconds)
{
    private const double ReleaseSeconds = 6;
    private const int UnitsOfARelease = 25;

    /// <summary>As a host without hurry has it.</summary>
    public static readonly ChannelPace Unhurried = new(
        PaymentsPerSecond: 50, UnitMax: 100, AskEverySeconds: 2, InDoubtAfterSeconds: 60, ValiditySeconds: 3_600);

    /// <summary>
    /// So that these orders take about six seconds, whatever their number, and a suspension can fall in the middle.
    /// </summary>
    public static ChannelPace For(long orders, double inDoubtAfterSeconds) => new(
        PaymentsPerSecond: Math.Max(2, (int)Math.Ceiling(orders / ReleaseSeconds)),
        UnitMax: (int)Math.Clamp(orders / UnitsOfARelease, 2, 500),
        AskEverySeconds: 0.5,
        inDoubtAfterSeconds,
        ValiditySeconds: 3);

    public IEnumerable<(string Name, string Value)> Settings() =>
    [
        ("paymentsPerSecond", Text(PaymentsPerSecond)),
        ("unitMax", Text(UnitMax)),
        ("askEverySeconds", Text(AskEverySeconds)),
        ("inDoubtAfterSeconds", Text(InDoubtAfterSeconds)),
        ("validitySeconds", Text(ValiditySeconds)),
    ];

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
