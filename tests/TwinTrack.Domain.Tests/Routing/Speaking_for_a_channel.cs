using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Rules;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Speaking_for_a_channel
{
    [Theory]
    [InlineData("t2-agency", 2, true)]
    [InlineData("Care", 2, true)]
    [InlineData("care", 2, true)]
    [InlineData("T2-AGENCY", 2, false)]
    [InlineData("partner", 2, true)]
    [InlineData("government", 2, false)]
    [InlineData("government", 1, true)]
    [InlineData("partner", 1, false)]
    [InlineData("t2-other", 2, false)]
    public void Is_for_its_own_people_its_provider_and_the_party_of_its_track(string party, int track, bool may) =>
        Decline.MayDeclineFor(new Actor("boris", party), "t2-agency", "Care", track).Should().Be(may);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void Declines_until_the_last_day(int until, bool covers) =>
        new Decline("t2-agency", ["NE003"], [], "no staff", RuleGiven.Day.AddDays(until)).Covers(RuleGiven.Candidate())
            .Should().Be(covers);

    [Fact]
    public void Declines_without_a_last_day_until_it_is_ended() =>
        new Decline("t2-agency", ["NE003"], [], "no staff").Covers(RuleGiven.Candidate()).Should().BeTrue();

    [Fact]
    public void Declines_no_payment_of_nobody_when_it_names_single_ones() =>
        new Decline("t2-agency", [], [RuleGiven.Obligation(1).ToString()], "moved").Covers(RuleGiven.Candidate())
            .Should().BeFalse();
}
