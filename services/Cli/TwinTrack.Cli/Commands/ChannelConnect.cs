using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>channel connect: how to reach the channel's provider.</summary>
internal static class ChannelConnect
{
    private static readonly Argument<string> Code = new("code") { Description = "The channel's code." };

    private static readonly Argument<string[]> Settings = new("settings")
    {
        Description = "name=value pairs as the adapter documents them, e.g. directory=/srv/bank debtorBic=ECOCNENI.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Build() => new Command("connect", "Set how to reach a channel's provider.") { Code, Settings }
        .Answers(static (parsed, api, cancel) => api.PutAsync(
            $"/providers/connections/{RemoteCommand.Segment(parsed.GetRequiredValue(Code))}",
            new
            {
                settings = parsed.GetRequiredValue(Settings).Select(Pair)
                .ToDictionary(pair => pair.Name, pair => pair.Value)
            },
            cancel));

    private static (string Name, string Value) Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (text[..equals], text[(equals + 1)..])
            : throw new UsageException($"'{text}' is not a name=value pair.");
    }
}
