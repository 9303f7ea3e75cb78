using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>messages show: one failed message; whatever could be personal in it is hidden.</summary>
internal static class MessagesShow
{
    private static readonly Argument<string> Service = new(
        "service")
    { Description = "The service that could not handle it." };

    private static readonly Argument<Guid> Id = new(
        "id")
    { Description = "The message's id, as messages list shows it." };

    public static Command Build() =>
        new Command("show", "One failed message. Text that may be personal is hidden.") { Service, Id }
        .Answers(static (parsed, api, cancel) => api.GetAsync(
            $"/{RemoteCommand.Segment(parsed.GetRequiredValue(Service))}/messages/dead/{parsed.GetRequiredValue(Id)}",
            cancel));
}
