using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Scope_of_a_switch
{
    private static readonly SwitchScope Good = new("psn", Given.Cycle, ["NE003"], ["t1-momo"], 2);
    private static readonly SwitchScope Pilot = Good with { ToTrack = 1, PilotPercent = 20 };

    public static TheoryData<string, SwitchScope> Faults => new()
    {
        { "", Good },
        { "", Good with { Areas = [] } },
        { "programme", Good with { Programme = "p s n" } },
        { "toTrack", Good with { ToTrack = 0 } },
        { "", Good with { ToTrack = 1 } },
        { "toTrack", Good with { ToTrack = 3 } },
        { "", Good with { FromChannels = [] } },
        { "fromChannels", Good with { FromChannels = [], Areas = [] } },
        { "fromChannels", Good with { FromChannels = [], ToTrack = 1 } },
        { "", Good with { FromChannels = Codes(20) } },
        { "fromChannels", Good with { FromChannels = Codes(21) } },
        { "", Good with { Areas = Codes(1_000) } },
        { "areas", Good with { Areas = Codes(1_001) } },
        { "areas", Good with { Areas = ["NE003", "NE003*"] } },
        { "", Pilot },
        { "pilotPercent", Pilot with { ToTrack = 2 } },
        { "pilotPercent", Pilot with { PilotPercent = 0 } },
        { "", Pilot with { PilotPercent = 1 } },
        { "", Pilot with { PilotPercent = 99 } },
        { "pilotPercent", Pilot with { PilotPercent = 100 } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Is_refused_by_the_part_that_cannot_be_meant(string part, SwitchScope scope) =>
        Given.FieldOf(scope.Fault()).Should().Be(part);

    [Fact]
    public void Is_checked_before_any_other_rule() =>
        Given.CodeOf(Judge(Given.Proposal(3, SwitchReason.Security), Role.Auditor)).Should().Be("switch.invalid");

    [Theory]
    [InlineData(1_000, "")]
    [InlineData(1_001, "switch.invalid")]
    public void Comes_with_criteria_of_return_of_at_most_a_thousand_characters(int length, string code) =>
        Given.CodeOf(Judge(Given.Proposal() with { ReturnCriteria = new string('x', length) })).Should().Be(code);

    [Fact]
    public void Leaves_all_its_channels_or_none()
    {
        Given.CodeOf(Judge(Given.Proposal(from: ["t1-momo", "ghost"]))).Should().Be("switch.unknown_channel");
        Given.CodeOf(Judge(Given.Proposal(from: ["t1-momo", "t2-agency"]))).Should().Be("switch.wrong_track");
        Given.CodeOf(Judge(Given.Proposal(from: ["t1-momo", "t1-bank"]))).Should().BeEmpty();
    }

    [Fact]
    public void Falls_under_the_protocol_that_is_chosen_for_its_areas() =>
        Judge(Given.Proposal()).Match(chosen => chosen.Protocol.ToString(), refusal => refusal.Code).Should()
            .Be("psn * v1");

    private static Result<ChosenProtocol> Judge(SwitchProposal proposal, string role = Role.Operator) =>
        proposal.Judge([Given.Protocol()], new Actor("omar", "government"), [role],
            [Given.Channel("t1-momo"), Given.Channel("t1-bank"), Given.Channel("t2-agency", 2)], Given.At);

    private static string[] Codes(int count) => [.. Enumerable.Range(0, count).Select(code => Invariant($"c{code}"))];
}
