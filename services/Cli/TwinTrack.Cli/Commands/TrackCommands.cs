using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>track suspend: one person may do it alone. No gate moves, and no payment is rerouted.</summary>
internal static class TrackSuspend
{
    private static readonly Argument<int> Track = new("track") { Description = "1 government, 2 aligned." };

    private static readonly Option<string> Programme = new("--programme")
    {
        Description = "The programme's code.",
        Required = true,
    };

    private static readonly Option<string[]> Areas = new("--area")
    {
        Description = "Only this area (its exact P-code, no area below it); may be given several times. Default: all.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Why, for the record.",
        Required = true,
    };

    public static Command Build() => new Command(
        "suspend",
        "Suspend a track for a programme at once, in all areas or some. Prints the suspension's id.") { Track,
            Programme, Areas, Reason }
        .Answers(static (parsed, api, cancel) => api.PostAsync(
            "/routing/suspensions",
            new
            {
                track = parsed.GetRequiredValue(Track),
                programme = parsed.GetRequiredValue(Programme),
                areas = parsed.GetValue(Areas) ?? [],
                reason = parsed.GetRequiredValue(Reason),
            },
            cancel));
}

/// <summary>track resume: ends a suspension. What waits for it leaves.</summary>
internal static class TrackResume
{
    private static readonly Argument<string> Id = new("id") { Description = "The suspension's id, sus_..." };

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Why, for the record.",
        Required = true,
    };

    public static Command Build() => new Command(
        "resume", "End a suspension. The payments that wait for it leave.") { Id, Reason }
        .Answers(static (parsed, api, cancel) => api.PostAsync(
            $"/routing/suspensions/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}/end",
            new { reason = parsed.GetRequiredValue(Reason) }, cancel));
}

/// <summary>track list: suspensions, with the proof of each channel.</summary>
internal static class TrackList
{
    private static readonly Option<string?> Programme = new("--programme") { Description = "Only of this programme." };

    private static readonly Option<bool> InForce = new("--in-force") { Description = "Only those in force." };

    public static Command Build() => new Command(
        "list", "Suspensions of tracks, oldest first, with the proof of each channel.") { Programme, InForce }
        .Answers(static (parsed, api, cancel) => api.GetAsync(
            $"/routing/suspensions?inForce={(parsed.GetValue(InForce) ? "true" : "false")}"
                + (parsed.GetValue(Programme) is { } code ? $"&programme={RemoteCommand.Segment(code)}" : ""),
            cancel));
}
