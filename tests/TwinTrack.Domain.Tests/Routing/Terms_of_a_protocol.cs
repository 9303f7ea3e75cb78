using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Terms_of_a_protocol
{
    private static readonly DateOnly Day = RuleGiven.Day;
    private static readonly ProtocolTerms Good = Given.ProtocolTerms();
    private static readonly ProtocolTrigger Letter = new("letter", SwitchReason.FundsSuspended, "It has come.");
    private static readonly FreezePeriod Freeze = new(Day, Day, false, "elections");

    private static readonly EmergencyTerms Urgent = new()
    {
        Quorum = new Dictionary<string, int> { ["government"] = 1 },
        RatificationQuorum = new Dictionary<string, int> { ["partner"] = 1 },
        RatifyWithinHours = 24,
    };

    public static TheoryData<string, ProtocolTerms> Faults => new()
    {
        { "", Good },
        { "currency", Good with { Currency = "XXX" } },
        { "reasons", Good with { Reasons = [] } },
        { "proposerRoles", Good with { ProposerRoles = [] } },
        { "proposerRoles", Good with { ProposerRoles = [Role.Operator, Role.Partner] } },
        { "", Good with { ProposerRoles = [Role.Operator, Role.Facilitator] } },
        { "quorum", Good with { Quorum = new Dictionary<string, int>() } },
        { "quorum", Good with { Quorum = new Dictionary<string, int> { ["the partner"] = 1 } } },
        { "quorum", Good with { Quorum = new Dictionary<string, int> { ["government"] = 1, ["partner"] = 0 } } },
        { "", Good with { Quorum = new Dictionary<string, int> { ["partner"] = 20 } } },
        { "quorum", Good with { Quorum = new Dictionary<string, int> { ["partner"] = 21 } } },
        { "proposalValidHours", Good with { ProposalValidHours = 0 } },
        { "", Good with { ProposalValidHours = 1 } },
        { "", Good with { ProposalValidHours = 2_160 } },
        { "proposalValidHours", Good with { ProposalValidHours = 2_161 } },
        { "watchSeconds", Good with { WatchSeconds = -1 } },
        { "", Good with { WatchSeconds = 0 } },
        { "", Good with { WatchSeconds = 5_184_000 } },
        { "watchSeconds", Good with { WatchSeconds = 5_184_001 } },
        { "", Good with { ProposerParties = Codes(50) } },
        { "proposerParties", Good with { ProposerParties = Codes(51) } },
        { "proposerParties", Good with { ProposerParties = ["government", "the partner"] } },
        { "", Good with { Triggers = [Letter, Letter with { Code = "second" }] } },
        { "triggers", Good with { Triggers = [Letter, Letter] } },
        { "triggers", Good with { Triggers = [Letter, Letter with { Code = "a letter" }] } },
        { "triggers", Good with { Triggers = [Letter with { When = "" }] } },
        { "", Good with { Triggers = [Letter with { When = new string('x', 500) }] } },
        { "triggers", Good with { Triggers = [Letter with { When = new string('x', 501) }] } },
        { "", Good with { Triggers = [.. Codes(50).Select(code => Letter with { Code = code })] } },
        { "triggers", Good with { Triggers = [.. Codes(51).Select(code => Letter with { Code = code })] } },
        { "facilitator", Good with { Facilitator = "" } },
        { "", Good with { Facilitator = "f" } },
        { "", Good with { Facilitator = new string('f', 64) } },
        { "facilitator", Good with { Facilitator = new string('f', 65) } },
        { "noticeHours", Good with { NoticeHours = -1 } },
        { "", Good with { NoticeHours = 23 } },
        { "noticeHours", Good with { NoticeHours = 24 } },
        { "tentativeDaysMax", Good with { TentativeDaysMax = 0 } },
        { "", Good with { TentativeDaysMax = 1 } },
        { "", Good with { TentativeDaysMax = 732 } },
        { "tentativeDaysMax", Good with { TentativeDaysMax = 733 } },
        { "", Good with { Freezes = [Freeze] } },
        { "freezes", Good with { Freezes = [Freeze, Freeze with { From = Day.AddDays(1) }] } },
        { "freezes", Good with { Freezes = [Freeze with { Why = "" }] } },
        { "", Good with { Freezes = [.. Enumerable.Repeat(Freeze, 50)] } },
        { "freezes", Good with { Freezes = [.. Enumerable.Repeat(Freeze, 51)] } },
        { "", Good with { Emergency = Urgent } },
        { "emergency.quorum", Good with { Emergency = Urgent with { Quorum = new Dictionary<string, int>() } } },
        {
            "emergency.ratificationQuorum",
            Good with { Emergency = Urgent with { RatificationQuorum = new Dictionary<string, int>() } }
        },
        { "emergency.ratifyWithinHours", Good with { Emergency = Urgent with { RatifyWithinHours = 0 } } },
        { "", Good with { Emergency = Urgent with { RatifyWithinHours = 1 } } },
        { "", Good with { Emergency = Urgent with { RatifyWithinHours = 2_160 } } },
        { "emergency.ratifyWithinHours", Good with { Emergency = Urgent with { RatifyWithinHours = 2_161 } } },
        { "emergency.reviewWithinHours", Good with { Emergency = Urgent with { ReviewWithinHours = 0 } } },
        { "", Good with { Emergency = Urgent with { ReviewWithinHours = 1 } } },
        { "", Good with { Emergency = Urgent with { ReviewWithinHours = 2_160 } } },
        { "emergency.reviewWithinHours", Good with { Emergency = Urgent with { ReviewWithinHours = 2_161 } } },
        { "", Good with { Emergency = Urgent with { PauseRoles = [.. PauseReview.Roles] } } },
        { "emergency.pauseRoles", Good with { Emergency = Urgent with { PauseRoles = [] } } },
        {
            "emergency.pauseRoles",
            Good with { Emergency = Urgent with { PauseRoles = [Role.Operator, Role.Auditor] } }
        },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Are_refused_by_the_term_that_cannot_be_meant(string term, ProtocolTerms terms)
    {
        Given.FieldOf(terms.Fault()).Should().Be(term);
        Given.FieldOf(Given.RefusalOf(Of("psn", "*", terms))?.Reason).Should().Be(term);
    }

    [Theory]
    [InlineData("psn", "NE003*", "")]
    [InlineData("p s n", "NE003*", "programme")]
    [InlineData("psn", "NE 3", "area")]
    public void Are_of_a_programme_and_an_area(string programme, string area, string field) =>
        Given.FieldOf(Given.RefusalOf(Of(programme, area, Good))?.Reason).Should().Be(field);

    [Fact]
    public void Are_kept_with_who_set_them_and_when()
    {
        var protocol = Given.Protocol(Good, "NE003*", 4);

        (protocol.Programme, protocol.Area, protocol.Version, protocol.Currency, protocol.By, protocol.At).Should()
            .Be(("psn", "NE003*", 4, "XOF", "ada@government", Given.At));
        protocol.Terms.Should().Be(Good);
    }

    [Fact]
    public void Let_operators_pause_and_ask_for_a_review_in_72_hours_unless_they_say_otherwise() =>
        (Urgent.ReviewWithinHours, Urgent.PauseRoles.Single(), Urgent.Reasons.Count).Should()
            .Be((72, Role.Operator, 0));

    [Theory]
    [InlineData(-1, false, true, false)]
    [InlineData(0, false, true, true)]
    [InlineData(2, false, true, true)]
    [InlineData(3, false, true, false)]
    [InlineData(1, true, true, false)]
    [InlineData(1, true, false, true)]
    [InlineData(1, false, false, true)]
    public void Bar_changes_on_the_days_of_a_freeze(int day, bool emergency, bool allowed, bool bars) =>
        new FreezePeriod(Day, Day.AddDays(2), allowed, "elections").Bars(Day.AddDays(day), emergency).Should().Be(bars);

    [Fact]
    public void That_cover_an_area_are_named_beside_the_others_that_do_not_apply()
    {
        Protocol[] inForce = [Given.Protocol(area: "NE003*", version: 2), Given.Protocol()];

        ProtocolChoice.For(inForce, ["NE003001"]).Match(chosen => chosen.Why, refusal => refusal.Code).Should()
            .Be("psn NE003* v2 is the most specific of *, NE003*");
        ProtocolChoice.For(inForce, ["NE003", "NE007"]).Match(_ => "", refusal => refusal.Reason).Should()
            .Contain("NE003 under psn NE003* v2, NE007 under psn * v1");
        ProtocolChoice.For([], []).Match(_ => "", refusal => refusal.Reason).Should().Contain("all areas");
        ProtocolChoice.For([], ["NE007"]).Match(_ => "", refusal => refusal.Reason).Should().Contain("for NE007");
    }

    private static Result<Protocol> Of(string programme, string area, ProtocolTerms terms) =>
        Protocol.Of(programme, area, terms, 1, new Actor("ada", "government"), Given.At);

    private static string[] Codes(int count) => [.. Enumerable.Range(0, count).Select(code => Invariant($"c{code}"))];
}
