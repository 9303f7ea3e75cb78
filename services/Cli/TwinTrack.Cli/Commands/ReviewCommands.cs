using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>review list: pauses and suspensions by one person, and whether co-chairs have looked at them.</summary>
internal static class ReviewList
{
    public static Command Build() =>
        new Command("list", "Pauses and suspensions with their reviews, oldest first.").Answers(
            static (_, api, cancel) => api.GetAsync("/routing/reviews", cancel));
}

/// <summary>review decide: lets a pause or a suspension stand, or lifts it.</summary>
internal static class ReviewDecide
{
    private static readonly Argument<string> Id = new("id") { Description = "The review's id, rev_..." };

    private static readonly Option<bool> Lift = new(
        "--lift")
    { Description = "Open the channel again, or end the suspension." };

    private static readonly Option<bool> Confirm = new(
        "--confirm")
    { Description = "Keep the pause or the suspension." };

    private static readonly Option<string> Note = new(
        "--note")
    { Description = "Why, without personal data.", Required = true };

    public static Command Build() =>
        new Command("decide", "Review a pause or a suspension as a co-chair.") { Id, Lift, Confirm, Note }
        .Answers(static (parsed, api, cancel) => parsed.GetValue(Lift) != parsed.GetValue(Confirm)
            ? api.PostAsync(
                $"/routing/reviews/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}/decision",
                new { decision = parsed.GetValue(Lift) ? "lift" : "confirm", note = parsed.GetRequiredValue(Note) },
                cancel)
            : throw new UsageException("Say --lift or --confirm."));
}
