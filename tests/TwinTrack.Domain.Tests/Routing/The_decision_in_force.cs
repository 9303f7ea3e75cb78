using FsCheck.Xunit;
using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

/// <summary>Which of several decisions speaks for a payment, and that no gate decides it.</summary>
public sealed class The_decision_in_force
{
    private static readonly RoutingTable Table = Given.Table(("* * *", "t1-momo t1-bank t2-agency t2-other"));
    private static readonly string[] Codes = ["t1-momo", "t1-bank", "t2-agency", "t2-other"];
    private static readonly string[] Areas = ["NE001", "NE002", "NE003", "NE004", "NE009"];

    private static readonly string[] Forms =
    [
        "out", "out:NE001", "out-momo", "out-bank", "back", "back:NE001", "back-agency", "back-other", "back20",
        "none:NE009",
    ];

    [Theory]
    [InlineData("", "NE001", SpeakingDecision.Table, "t1-momo")]
    [InlineData("out", "NE001", 0, "t2-agency")]
    [InlineData("out back", "NE001", 1, "t1-momo")]
    [InlineData("out back out", "NE001", 2, "t2-agency")]
    [InlineData("out back out back out", "NE001", 4, "t2-agency")]
    [InlineData("out back-other", "NE001", 0, "t2-agency")]
    [InlineData("out back-other", "NE002", 1, "t1-momo")]
    [InlineData("out back-agency", "NE001", 1, "t1-momo")]
    [InlineData("out back-agency", "NE002", 0, "t2-other")]
    [InlineData("out:NE001 out:NE002", "NE001", 0, "t2-agency")]
    [InlineData("out:NE001 out:NE002", "NE002", 1, "t2-other")]
    [InlineData("out:NE001 out:NE002", "NE003", SpeakingDecision.Table, "t1-momo")]
    [InlineData("out out:NE001", "NE001", 1, "t2-agency")]
    [InlineData("out out:NE001", "NE002", 0, "t2-other")]
    [InlineData("out out:NE001 back:NE001", "NE001", 2, "t1-momo")]
    [InlineData("none:NE009", "NE009", 0, "t2-agency")]
    [InlineData("none:NE009", "NE001", SpeakingDecision.Table, "t1-momo")]
    [InlineData("none:NE009 back", "NE009", 1, null)]
    [InlineData("none:NE009 back none:NE009", "NE009", 2, "t2-agency")]
    [InlineData("out", "NE004", 0, null)]
    [InlineData("out back", "NE004", 1, "t1-momo")]
    public void Is_the_latest_that_covers_the_payment(string decisions, string area, int speaking, string? channel)
    {
        var route = Ask(decisions, area, 99, Codes);

        route.Channel?.Code.Should().Be(channel);
        route.SwitchId.Should().Be(speaking == SpeakingDecision.Table ? null : IdOf(speaking));
    }

    [Theory]
    [InlineData("out back20", 10, 1, "t1-momo")]
    [InlineData("out back20", 50, 0, "t2-agency")]
    [InlineData("out back20 back", 10, 2, "t1-momo")]
    [InlineData("out back20 back", 50, 2, "t1-momo")]
    [InlineData("out back20 back out", 50, 3, "t2-agency")]
    public void Of_a_pilot_speaks_for_its_share_only(string decisions, int point, int speaking, string channel)
    {
        var route = Ask(decisions, "NE001", point, Codes);

        route.Channel!.Code.Should().Be(channel);
        route.SwitchId.Should().Be(IdOf(speaking));
    }

    [Fact]
    public void Is_the_last_of_five_whatever_is_open_or_closed()
    {
        for (var gates = 0; gates < 1 << Codes.Length; gates++)
        {
            var open = OpenIn(gates);

            var route = Ask("out back out back out", "NE001", 99, open);

            route.SwitchId.Should().Be(IdOf(4));
            route.Channel?.Code.Should().Be(Codes[2..].FirstOrDefault(open.Contains));
            route.Reason.Should().Be(route.Channel is null ? RouteReason.NotDeclared : RouteReason.Switch);
        }
    }

    [Fact]
    public void Takes_over_what_comes_to_a_channel_that_it_left()
    {
        Ask("out-bank", "NE001", 99, Codes).Channel!.Code.Should().Be("t1-momo");
        Ask("out-bank", "NE001", 99, ["t2-agency"]).Should()
            .Match<Route>(route => route.Channel!.Code == "t2-agency" && route.SwitchId == IdOf(0));
    }

    /// <summary>With every gate open, the answer names the decision that speaks.</summary>
    [Property(MaxTest = 2_000)]
    public void Answers_alike_whatever_is_open_on_another_track(byte[] forms, byte area, byte point, byte gates,
        byte others)
    {
        var decisions = string.Join(' ', (forms ?? []).Take(6).Select(form => Forms[form % Forms.Length]));
        var where = Areas[area % Areas.Length];
        var speaks = Ask(decisions, where, point % 100, Codes);
        var track = ListOf(decisions).FirstOrDefault(decision => decision.SwitchId == speaks.SwitchId)?.ToTrack
            ?? Track.Government;
        var open = OpenIn(gates);
        var answer = Ask(decisions, where, point % 100, open);

        if (answer.SwitchId == speaks.SwitchId)
        {
            var changed = Codes.Where(code => (TrackOf(code) == track ? open : OpenIn(others)).Contains(code));
            Ask(decisions, where, point % 100, [.. changed]).Should().BeEquivalentTo(answer, decisions);
        }
        else
        {
            open.Should().NotContain(speaks.Channel!.Code, "only a closed channel hands on to a later decision");
        }
    }

    private static string[] OpenIn(int gates) => [.. Codes.Where((_, index) => (gates >> index & 1) == 1)];

    private static int TrackOf(string code) => code[1] - '0';

    private static SwitchId IdOf(int position) => new(new Guid(position + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));

    private static List<Overlay> ListOf(string decisions) =>
        [.. decisions.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(DecisionOf)];

    private static Overlay DecisionOf(string form, int position)
    {
        var parts = form.Split(':');
        var (from, track) = parts[0] switch
        {
            "out" => ("t1-momo t1-bank", Track.Aligned),
            "out-momo" => ("t1-momo", Track.Aligned),
            "out-bank" => ("t1-bank", Track.Aligned),
            "none" => ("", Track.Aligned),
            "back-agency" => ("t2-agency", Track.Government),
            "back-other" => ("t2-other", Track.Government),
            _ => ("t2-agency t2-other", Track.Government),
        };
        return new Overlay(IdOf(position), "psn", Given.Cycle, parts.Skip(1).ToHashSet(),
            from.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(), track)
        { PilotPercent = form == "back20" ? 20 : null };
    }

    private static Route Ask(string decisions, string area, int point, IReadOnlyCollection<string> open)
    {
        RouteChannel[] channels =
        [
            Given.Way("t1-momo", 1, areas: "NE001 NE002 NE003 NE004"), Given.Way("t1-bank", 1, areas: "NE001"),
            Given.Way("t2-agency", 2, areas: "NE001 NE003 NE009"), Given.Way("t2-other", 2, areas: "NE001 NE002 NE003"),
        ];
        return Router.Route(
            new RouteRequest("psn", Given.Cycle, area, Instrument.Mobile, "XOF") { Points = new(0, point) }, Table,
            channels.ToDictionary(channel => channel.Code,
                channel => open.Contains(channel.Code) ? channel : channel with { Abilities = null }),
            ListOf(decisions));
    }
}
