using System.Text.Json;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Proving.Demo;

/// <summary>Which way a planned batch goes: obligations by channel.</summary>
internal sealed record Routes(IReadOnlyList<(string Channel, int Track, long Count)> ByChannel)
{
    public static Routes Of(JsonElement batch) => new(
    [
        .. batch.List("routes")
            .GroupBy(route => (Channel: route.Text("channel") ?? "", Track: (int)route.Number("track")))
            .OrderBy(group => group.Key.Channel, StringComparer.Ordinal)
            .Select(group => (group.Key.Channel, group.Key.Track, group.Sum(route => route.Number("count")))),
    ]);

    public bool IsOverTrack(int track) => ByChannel.All(way => way.Track == track);

    public override string ToString() =>
        string.Join(", ", ByChannel.Select(way => $"{way.Channel} {Story.Number(way.Count)}"));
}
