using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Proving.Demo;

/// <summary>What one operator may do alone: stop channels and let them go on.</summary>
internal static class Gates
{
    /// <summary>Pauses or resumes channels and waits for the proof from Providers.</summary>
    public static async Task SetAsync(People people, string[] channels, bool open, string reason,
        CancellationToken cancel)
    {
        foreach (var channel in channels)
        {
            await people.Operator.PostAsync(
                $"/routing/channels/{channel}/{(open ? "resume" : "pause")}", new { reason }, cancel);
        }

        var wanted = open ? "Open" : "Closed";
        await Waiting.UntilAsync(
            $"the gates to be {wanted}",
            () => people.Operator.GetAsync("/routing/channels", cancel),
            seen => seen.List("items").Where(channel => channels.Contains(channel.Text("code")))
                .All(channel => channel.Text("gate") == wanted),
            seen => string.Join(' ', seen.List("items").Select(channel => channel.Text("gate"))),
            cancel);
    }

    /// <summary>After which line of each closed journal it is proved that nothing leaves.</summary>
    public static async Task<string> ProofsAsync(People people, string[] channels, CancellationToken cancel)
    {
        var seen = await people.Operator.GetAsync("/routing/channels", cancel);
        return string.Join(", ", seen.List("items").Where(channel => channels.Contains(channel.Text("code")))
            .Select(channel => $"{channel.Text("code")} {Story.Number(channel.Number("lastSequence"))}"));
    }
}
