using System.Globalization;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class Connection_settings
{
    private const double Day = 86_400;

    [Fact]
    public void Have_defaults_for_pace_and_patience()
    {
        Made([]).Should().Be(new Tempo(500, 1_000, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10),
            TimeSpan.FromDays(10), TimeSpan.FromMinutes(5)));
        Made([]).TimeOf(500).Should().Be(TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public void Are_each_read_by_their_name() =>
        Made(new()
        {
            ["unitMax"] = "7",
            ["paymentsPerSecond"] = "0.5",
            ["askEverySeconds"] = "1",
            ["inDoubtAfterSeconds"] = "2",
            ["validitySeconds"] = "3",
            ["payeeWaitSeconds"] = "4",
        }).Should().Be(new Tempo(7, 0.5, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3),
            TimeSpan.FromSeconds(4)));

    // The least and the greatest value, then one below and one above.
    [Theory]
    [InlineData("unitMax", 1, 1_000, 0.99, 1_000.01)]
    [InlineData("paymentsPerSecond", 0.01, 100_000, 0.009, 100_000.1)]
    [InlineData("askEverySeconds", 0.1, Day, 0.09, Day + 1)]
    [InlineData("inDoubtAfterSeconds", 0.1, 90 * Day, 0.09, (90 * Day) + 1)]
    [InlineData("validitySeconds", 1, 366 * Day, 0.99, (366 * Day) + 1)]
    [InlineData("payeeWaitSeconds", 0, Day, -1, Day + 1)]
    public void Are_read_within_their_range_and_refused_outside(
        string name, double least, double greatest, double below, double above)
    {
        foreach (var (value, refusal) in new[] { (least, ""), (greatest, ""), (below, "connection.setting_unreadable"),
            (above, "connection.setting_unreadable") })
        {
            Read(new() { [name] = value.ToString(CultureInfo.InvariantCulture) }).Match(_ => "", no => no.Code)
                .Should().Be(refusal, Invariant($"{name} is {value}"));
        }
    }

    [Fact]
    public void Are_refused_by_the_first_that_cannot_be_read() =>
        Read(new() { ["validitySeconds"] = "soon", ["askEverySeconds"] = "often", ["payeeWaitSeconds"] = "x" })
            .Match(_ => "", no => no.Reason).Should()
            .Be("Setting 'askEverySeconds' must be a number from 0.1 to 86400. Correct it.");

    [Theory]
    [InlineData("unitMax", "0")]
    [InlineData("unitMax", "1001")]
    [InlineData("askEverySeconds", "1e3")]
    [InlineData("askEverySeconds", "-1")]
    [InlineData("validitySeconds", "soon")]
    [InlineData("paymentsPerSecond", "1,000")]
    public void Are_refused_by_name_when_they_are_no_number_in_their_range(string name, string value) =>
        Read(new() { [name] = value }).Match(_ => "", refusal => refusal.Reason).Should().Contain($"'{name}'");

    [Fact]
    public void May_ask_more_often_than_once_a_second() =>
        Read(new() { ["askEverySeconds"] = "0.5" }).Match(ok => ok.AskEvery, _ => default).Should()
            .Be(TimeSpan.FromMilliseconds(500));

    private static Tempo Made(Dictionary<string, string> settings) =>
        Read(settings).Match(ok => ok, refusal => throw new InvalidOperationException(refusal.Reason));

    private static Result<Tempo> Read(Dictionary<string, string> settings) =>
        Tempo.Of(new Connection("t1", Currency.Of("XOF").Match(ok => ok, _ => default), settings));
}
