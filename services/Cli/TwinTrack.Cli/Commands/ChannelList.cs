using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>channel list: every contract with its gate and its queue's state.</summary>
internal static class ChannelList
{
    public static Command Build() => new Command("list", "Every channel: provider, track, gate, epoch.")
        .Answers(static (_, api, cancel) => api.GetAsync("/routing/channels", cancel));
}
