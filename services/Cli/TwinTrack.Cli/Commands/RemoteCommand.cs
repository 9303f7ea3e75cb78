using System.CommandLine;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Cli.Commands;

/// <summary>
/// Shared by the commands that call a host: authentication of the user, and the answer as text or JSON.
/// </summary>
internal static class RemoteCommand
{
    extension(Command command)
    {
        /// <summary>Does one thing and prints its answer.</summary>
        public Command Answers(Func<ParseResult, Api, CancellationToken, Task<System.Text.Json.JsonElement>> ask) =>
            command.Runs(async (parsed, api, _, cancel) =>
            {
                JsonView.Print(await ask(parsed, api, cancel), parsed.GetValue(RemoteOptions.Json));
                return ExitCode.Ok;
            });

        /// <summary>Does something longer, tells about it, and says how it went.</summary>
        public Command Runs(Func<ParseResult, Api, Story, CancellationToken, Task<int>> run)
        {
            command.SetAction(async (parsed, cancel) =>
            {
                using var api = await RemoteOptions.ApiAsync(parsed, cancel);
                return await run(parsed, api, new Story(parsed.GetValue(RemoteOptions.Json)), cancel);
            });
            return command;
        }
    }

    /// <summary>An id in a path: whatever a user types, it stays one segment.</summary>
    public static string Segment(string text) => Uri.EscapeDataString(text);
}
