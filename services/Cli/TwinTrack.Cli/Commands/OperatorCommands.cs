using System.CommandLine;
using System.CommandLine.Help;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>Every command against a host, in the order in which a newcomer meets them.</summary>
internal static class OperatorCommands
{
    /// <summary>The program's own command, with the options of every other.</summary>
    public static Command Root() =>
        new("twintrack",
            "TwinTrack pays social transfers over government channels and, when those fail, over partner channels: no "
                + "one twice, no one lost.")
    {
        new HelpOption(),
        new VersionOption(),
        RemoteOptions.Host,
        RemoteOptions.User,
        RemoteOptions.Password,
        RemoteOptions.Json,
    };

    public static IEnumerable<Command> All() =>
    [
        Login.Build(),
        Registry(),
        Enrol.Build(),
        Programme(),
        Cycle(),
        Batch(),
        Funds(),
        Channel(),
        Track(),
        Routes(),
        Rules.Of("constraint", "constraint", "Red lines: partner, area, authority, data, funding."),
        Rules.Of("agreement", "agreement", "Data-sharing agreements."),
        Rules.Of("assessment", "assessment", "Assessments of capacity by area and function."),
        Access(),
        Rules.All(),
        Protocol(),
        Switch(),
        Review(),
        Readiness(),
        Reconcile(),
        Settlement(),
        Payment(),
        IncidentCommands.Build(),
        Report.Build(),
        Audit(),
        Messages(),
    ];

    private static Command Registry() => new(
        "registry", "Areas and the social registry.") { RegistryAreas.Build(), RegistryImport.Build() };

    private static Command Programme() => new("programme", "Programmes and their amounts.") { ProgrammeDefine.Build() };

    private static Command Cycle() =>
        new("cycle", "Payment rounds.") { CycleOpen.Build(), CycleClose.Build(), CycleShow.Build() };

    private static Command Batch() => new("batch", "Obligations that are approved and paid together.")
    {
        BatchCreate.Build(), BatchShow.Build(), BatchApprove.Build(), BatchRelease.Build(),
        BatchFollowUp.Build(),
    };

    private static Command Funds() => new("funds", "A programme's deposits.")
    {
        FundsDeposit.Build(),
        Rules.Of("source", "funding_source", "Sources that were given for one track."),
        Rules.Of("crossing", "funding_crossing", "What lets a source cross to the other track."),
    };

    private static Command Channel() => new("channel", "Provider contracts: register, connect, pause, resume.")
    {
        ChannelList.Build(), ChannelRegister.Build(), ChannelConnect.Build(), ChannelPause.Build(),
        ChannelResume.Build(),
    };

    private static Command Track() => new("track", "Suspend a whole track for a programme, and end that.")
    {
        TrackSuspend.Build(), TrackResume.Build(), TrackList.Build(),
    };

    private static Command Access() =>
        new("access", "The access log: which areas can be entered, since when, and who reported it.")
    {
        AccessReport.Build(), Rules.List("access"),
    };

    private static Command Readiness() => new("readiness", "The checks before payments return to track 1.")
    {
        ReadinessShow.Build(), Rules.Of("check", "readiness", "The checks."),
        Rules.Of("confirmation", "confirmation", "What somebody has confirmed."),
    };

    private static Command Settlement() => new(
        "settlement", "What the tracks owe each other.") { SettlementShow.Build() };

    private static Command Routes() => new("routes", "The routing table.") { RoutesSet.Build(), RoutesShow.Build() };

    private static Command Protocol() => new(
        "protocol", "The rules agreed beforehand for a change of track.") { ProtocolSet.Build(), ProtocolShow.Build() };

    private static Command Switch() => new("switch", "One governed change of track.")
    {
        SwitchScenario.Build(), SwitchCompare.Build(), SwitchPropose.Build(), SwitchRehearse.Build(),
        SwitchVote.Build(), SwitchTakeBackVote.Build(), SwitchRatify.Build(), SwitchShow.Build(), SwitchForce.Build(),
        SwitchWithdraw.Build(), SwitchAbort.Build(), SwitchClose.Build(),
    };

    private static Command Review() =>
        new("review", "Reviews of pauses and suspensions by co-chairs.") { ReviewList.Build(), ReviewDecide.Build() };

    private static Command Reconcile() => new("reconcile", "Statements, breaks and certificates.")
    {
        ReconcileImport.Build(), ReconcileBreaks.Build(), ReconcileCertify.Build(),
        ReconcileVerify.Build(),
    };

    private static Command Payment() => new("payment", "One payment.") { PaymentShow.Build() };

    private static Command Messages() => new("messages", "Messages between services that wait or failed.")
    {
        MessagesList.Build(), MessagesShow.Build(), MessagesRetry.Build(),
    };

    private static Command Audit() => new("audit", "The record of every decision.") { AuditVerify.Build() };
}
