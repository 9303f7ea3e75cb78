using TwinTrack.Proving.Systems;

namespace TwinTrack.Proving.Demo;

/// <summary>
/// How badly each simulated provider behaves in the demonstration. Mobile money cannot recall; bank and agents take a
/// while before they execute.
/// </summary>
internal static class DemoBehaviours
{
    public static SimulatorFaults Of(DemoChannel channel) => channel.Adapter switch
    {
        "mobile_money" =>
            new SimulatorFaults
            {
                Reject = 0.02,
                Silent = 0.03,
                Late = 0.04,
                Lost = 0.01,
                Return = 0.01,
                Duplicate = 0.05,
                ExecuteAfterMs = 200
            },
        "bank" =>
            new SimulatorFaults
            {
                Reject = 0.02,
                Silent = 0.02,
                Late = 0.02,
                Lost = 0.01,
                Return = 0.01,
                Duplicate = 0.05,
                ExecuteAfterMs = 15_000
            },
        _ when channel.Track == 1 =>
            new SimulatorFaults
            {
                Reject = 0.02,
                Silent = 0.02,
                Late = 0.02,
                Lost = 0.01,
                Duplicate = 0.05,
                ExecuteAfterMs = 15_000
            },
        _ => new SimulatorFaults { Late = 0.01, Duplicate = 0.05, ExecuteAfterMs = 200 },
    };

    public static ChannelPace PaceOf(DemoChannel channel, long households) => channel.Adapter switch
    {
        "mobile_money" => ChannelPace.For(households * 3 / 5, inDoubtAfterSeconds: 3),
        "bank" => ChannelPace.For(households / 5, inDoubtAfterSeconds: 20),
        _ when channel.Track == 1 => ChannelPace.For(households / 5, inDoubtAfterSeconds: 20),
        _ => ChannelPace.For(households * 2, inDoubtAfterSeconds: 5),
    };
}
