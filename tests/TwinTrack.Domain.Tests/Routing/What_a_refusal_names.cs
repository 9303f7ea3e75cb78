using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class What_a_refusal_names
{
    public static TheoryData<string, string, Refusal> Refusals => new()
    {
        { "channel.ability_typed", "recall cannot be set", ChannelRefusals.AbilityTyped("recall") },
        { "channel.ability_typed", "read it at GET /channels", ChannelRefusals.AbilityTyped("recall") },
        { "channel.invalid", "mobile_money pays mobile, cash",
            ChannelRefusals.NotPayable("mobile_money", [Instrument.Mobile, Instrument.Cash]) },
        { "protocol.currency", "other protocols use XOF", SwitchRefusals.OtherCurrency("XOF") },
        { "protocol.pause_role", "in force allow operator, cochair",
            SwitchRefusals.PauseRole([Role.Operator, Role.CoChair]) },
        { "protocol.mixed", "NE003 under psn * v1", SwitchRefusals.MixedProtocols("NE003 under psn * v1") },
        { "switch.no_protocol", "no protocol for all areas, so", SwitchRefusals.NoProtocol("*") },
        { "switch.no_protocol", "no protocol for NE003, so", SwitchRefusals.NoProtocol("NE003") },
        { "rule.not_spoken_for", "Only Care may decline for t2-agency", RuleRefusals.NotSpokenFor("t2-agency", "Care",
            "donor") },
        { "rule.not_spoken_for", "You act for donor.", RuleRefusals.NotSpokenFor("t2-agency", "Care", "donor") },
        { "rule.unknown_kind", "constraint, agreement, agreement_policy", RuleRefusals.UnknownKind },
        { "rule.invalid", "text: too long", RuleRefusals.Invalid("text: too long") },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Is_what_the_person_has_to_change_or_to_ask_for(string code, string words, Refusal refusal)
    {
        refusal.Code.Should().Be(code);
        refusal.Reason.Should().Contain(words);
    }
}
