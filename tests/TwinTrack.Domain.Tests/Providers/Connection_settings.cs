using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class Connection_settings
{
    [Fact]
    public void Have_defaults_for_pace_and_patience()
    {
        var tempo = Read([]).Match(ok => ok, refusal => throw new InvalidOperationException(refusal.Reason));

        tempo.UnitMax.Should().Be(500);
        tempo.AskEvery.Should().Be(TimeSpan.FromSeconds(30));
        tempo.Validity.Should().Be(TimeSpan.FromDays(10));
        tempo.TimeOf(500).Should().Be(TimeSpan.FromMilliseconds(500));
    }

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

    private static Result<Tempo> Read(Dictionary<string, string> settings) =>
        Tempo.Of(new Connection("t1", Currency.Of("XOF").Match(ok => ok, _ => default), settings));
}
