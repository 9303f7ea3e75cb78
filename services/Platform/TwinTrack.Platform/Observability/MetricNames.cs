
using TwinTrack.Platform.Messaging;

namespace TwinTrack.Platform.Observability;

/// <summary>The names of all our metrics, for alert rules and documentation.</summary>
public static class MetricNames
{
    public const string OutboxMessages = "twintrack.outbox.messages";
    public const string OutboxOldestAge = "twintrack.outbox.oldest.age";
    public const string DeadLetters = "twintrack.dead_letters";
    public const string Jobs = "twintrack.jobs";
    public const string JobOldestOverdue = "twintrack.jobs.oldest.overdue";
    public const string ObservedAge = "twintrack.observed.age";
    public const string Instructions = "twintrack.instructions";
    public const string InDoubtOldestAge = "twintrack.in_doubt.oldest.age";
    public const string GateOpen = "twintrack.gate.open";
    public const string GateEpoch = "twintrack.gate.epoch";
    public const string Circuit = "twintrack.provider.circuit";
    public const string Unmatched = "twintrack.provider.unmatched";
    public const string Incidents = "twintrack.incidents";
    public const string IncidentsOverdue = "twintrack.incidents.overdue";
    public const string Breaks = "twintrack.breaks";
    public const string Switches = "twintrack.switches";

    /// <summary>A histogram: seconds of a call to a provider, by channel, operation and error.type.</summary>
    public const string CallDuration = "twintrack.provider.call.duration";

    /// <summary>A counter: providers' answers about orders, by channel, outcome and source.</summary>
    public const string Answers = "twintrack.provider.answers";

    /// <summary>A counter: callbacks of providers, by channel and result.</summary>
    public const string Callbacks = "twintrack.provider.callbacks";

    /// <summary>A histogram: seconds of a step of a job, by service, kind and error.type.</summary>
    public const string StepDuration = "twintrack.job.step.duration";

    /// <summary>A histogram of OpenTelemetry's own: seconds of handling a message, by queue and error.type.</summary>
    public const string ProcessDuration = "messaging.process.duration";

    internal static readonly (string Name, string Unit, string Text)[] Gauges =
    [
        (OutboxMessages, "{message}",
            "Messages without a receipt, by service and state: waiting or under_way. Counted to 10,000."),
        (OutboxOldestAge, "s", "Age of the oldest message without a receipt, by service."),
        (DeadLetters, "{message}", "Messages that were given up and wait for a person, by service."),
        (Jobs, "{job}", "Work with steps left, by service, kind and state: waiting, running or failing."),
        (JobOldestOverdue, "s", "How long the job that is due longest has waited for a runner, by service."),
        (ObservedAge, "s",
            "Seconds between a service's last two looks at its tables: large when the database is slow or away."),
        (Instructions, "{instruction}",
            "Orders without a final word, by channel and state: queued, sent, accepted or in_doubt."),
        (InDoubtOldestAge, "s", "Time since the oldest order in doubt was sent, by channel."),
        (GateOpen, "1", "1 while a channel's gate is open, 0 while it is closed."),
        (GateEpoch, "1", "The epoch of a channel; rises with each stop by a switch."),
        (Circuit, "1", "Whether calls are let through to a channel's provider: 0 closed, 1 half open, 2 open."),
        (Unmatched, "{reference}", "References in what a provider said that are no orders of the channel."),
        (Incidents, "{incident}", "Incidents that have not ended, by kind."),
        (IncidentsOverdue, "{incident}", "Of those, how many have waited longer than their kind allows, by kind."),
        (Breaks, "{break}", "Breaks between statements and what we believe that are open, by kind."),
        (Switches, "{switch}", "Switches that have not ended, by state."),
    ];
}
