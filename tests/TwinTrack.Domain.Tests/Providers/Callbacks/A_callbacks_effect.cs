using TwinTrack.Providers.Domain.Callbacks;

namespace TwinTrack.Domain.Tests.Providers.Callbacks;

/// <summary>Drawn by hand, so that no cell changes unlooked-at: there is none that settles, rejects or frees.</summary>
public sealed class A_callbacks_effect
{
    private const string Picture = """
                 New            Repeated  RepeatedUnsigned
        Early    AskAfterCall   Count     AskAfterCall
        InTime   AskNow         Count     AskNow
        Late     AskOnceMore    Count     Count
        Stray    KeepUnmatched  Count     Count
        """;

    [Fact]
    public void Is_as_drawn_in_every_cell()
    {
        var lines =
            Picture.Split('\n')
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .ToList();
        lines[0].Should().BeEquivalentTo(Enum.GetNames<CallbackNovelty>());
        lines.Skip(1).Select(line => line[0]).Should().BeEquivalentTo(Enum.GetNames<CallbackTiming>());
        CallbackRule.Table.Should().HaveCount(lines[0].Length * (lines.Count - 1));
        foreach (var line in lines.Skip(1))
        {
            for (var column = 0; column < lines[0].Length; column++)
            {
                CallbackRule.EffectOf(Enum.Parse<CallbackTiming>(line[0]),
                    Enum.Parse<CallbackNovelty>(lines[0][column])).ToString().Should()
                    .Be(line[column + 1], $"{line[0]}, {lines[0][column]}");
            }
        }
    }

    [Theory]
    [InlineData(CallbackEffect.AskNow, true)]
    [InlineData(CallbackEffect.AskAfterCall, true)]
    [InlineData(CallbackEffect.AskOnceMore, true)]
    [InlineData(CallbackEffect.Count, false)]
    [InlineData(CallbackEffect.KeepUnmatched, false)]
    public void Is_at_most_a_question(CallbackEffect effect, bool asks) =>
        CallbackRule.Asks(effect).Should().Be(asks);

    [Theory]
    [InlineData(false, true, CallbackTiming.Early)]
    [InlineData(false, false, CallbackTiming.Early)]
    [InlineData(true, true, CallbackTiming.InTime)]
    [InlineData(true, false, CallbackTiming.Late)]
    public void Depends_on_whether_our_call_has_ended_and_an_order_is_open(
        bool called, bool open, CallbackTiming moment) => CallbackRule.MomentOf(called, open).Should().Be(moment);
}
