using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>review list: pauses by one person, and whether co-chairs have looked at them.</summary>
internal static class ReviewList
{
    public static Command Build() => new Command("list", "Pauses and their reviews, oldest first.").Answers(
        static (_, api, cancel) => api.GetAsync("/routing/reviews", cancel));
}

/// <summary>review decide: lets a pause stand, or lifts it.</summary>
internal static class ReviewDecide
{
    private static readonly Argument<string> Id = new("id") { Description = "The review's id, rev_..." };

    private static readonly Option<bool> Lift = new("--lift") { Description = "Open the channel again." };

    private static readonly Option<bool> Confirm = new("--confirm") { Description = "Keep the pause." };

    private static readonly Option<string> Note = new(
        "--note")
    { Description = "Why, without personal data.", Required = true };

    public static Command Build() => new Command("decide", "Review a pause as a co-chair.") { Id, Lift, Confirm, Note }
        .Answers(static (parsed, api, cancel) => parsed.GetValue(Lift) != parsed.GetValue(Confirm)
            ? api.PostAsync(
                $"/routing/reviews/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}/decision",
                new { decision = parsed.GetValue(Lift) ? "lift" : "confirm", note = parsed.GetRequiredValue(Note) },
                cancel)
            : throw new UsageException("Say --lift or --confirm."));
}
