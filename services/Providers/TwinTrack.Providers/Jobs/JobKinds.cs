namespace TwinTrack.Providers.Jobs;

/// <summary>This service's kinds of jobs, as in the jobs table.</summary>
internal static class JobKinds
{
    /// <summary>A channel's submissions; the subject is the channel.</summary>
    public const string Submit = "submit";

    /// <summary>A channel's questions and documents; the subject is the channel.</summary>
    public const string Ask = "ask";

    /// <summary>A channel's callbacks; the subject is the channel.</summary>
    public const string Callbacks = "callbacks";

    /// <summary>A stop's withdrawals and recalls; the subject is switch and channel.</summary>
    public const string Stop = "stop";

    /// <summary>One order's recall for an incident; the subject is the instruction.</summary>
    public const string Hold = "hold";

    /// <summary>A statement's lines; the subject is the statement.</summary>
    public const string Statement = "statement";
}
