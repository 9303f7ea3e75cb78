using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>switch propose: asks for a change of track; nothing moves before the vote.</summary>
internal static class SwitchPropose
{
    private static readonly Argument<string> Programme = new("programme") { Description = "The programme's code." };

    private static readonly Argument<string> Cycle = new("cycle") { Description = "The cycle's id, cyc_..." };

    private static readonly Option<string[]> From = new("--from")
    {
        Description = "A channel to leave; may be given several times. Without any, name areas: what no channel of "
            + "track 1 covers there is paid over track 2.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int> To = new(
        "--to")
    { Description = "The track to move to.", DefaultValueFactory = static _ => 2 };

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "A reason that the protocol allows, e.g. funds_suspended, security, return.",
        Required = true,
    };

    private static readonly Option<string[]> Areas = new("--area")
    {
        Description = "Only this area (its exact P-code, no area below it); may be given several times. Default: all.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Criteria = new(
        "--return-criteria")
    { Description = "When the government track takes over again." };

    private static readonly Option<string?> Until = new(
        "--until")
    { Description = "The day of the planned return, YYYY-MM-DD." };

    private static readonly Option<string?> Trigger = new(
        "--trigger")
    { Description = "The protocol's code of the event that happened." };

    private static readonly Option<bool> Emergency = new(
        "--emergency")
    { Description = "Use the protocol's emergency steps; the switch is ratified afterwards." };

    private static readonly Option<int?> Pilot = new(
        "--pilot")
    { Description = "For a return: this many of a hundred payments first." };

    public static Command Build() =>
        new Command("propose", "Propose a change of track. Prints the switch's id.") { Programme, Cycle, From, To,
            Reason, Areas, Criteria, Until, Trigger, Emergency, Pilot }
        .Answers(static (parsed, api, cancel) => api.PostAsync(
            "/routing/switches",
            new
            {
                programme = parsed.GetRequiredValue(Programme),
                cycleId = parsed.GetRequiredValue(Cycle),
                areas = parsed.GetValue(Areas) ?? [],
                fromChannels = parsed.GetValue(From) ?? [],
                toTrack = parsed.GetValue(To),
                reason = parsed.GetRequiredValue(Reason),
                returnCriteria = parsed.GetValue(Criteria),
                until = parsed.GetValue(Until),
                trigger = parsed.GetValue(Trigger),
                emergency = parsed.GetValue(Emergency),
                pilotPercent = parsed.GetValue(Pilot),
            },
            cancel));
}
