using System.Text.Json;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Demo;

/// <summary>The governed steps of a change of track, as operator and co-chairs take them.</summary>
internal static class SwitchSteps
{
    /// <summary>Proposes and rehearses.</summary>
    public static async Task<JsonElement> RehearseAsync(People people, string cycleId, string[] from, int toTrack, string reason, CancellationToken cancel)
    {
        var proposal = new { programme = Rule.Programme, cycleId, areas = Array.Empty<string>(), fromChannels = from, toTrack, reason };
        var path = $"/routing/switches/{(await people.Operator.PostAsync("/routing/switches", proposal, cancel)).Require("id")}";
        var asked = (await people.Operator.PostAsync(path + "/rehearsals", null, cancel)).Number("asked");
        return await Waiting.UntilAsync(
            "the rehearsal",
            () => people.Operator.GetAsync(path, cancel),
            seen => seen.At("rehearsal")?.Number("asked") >= asked,
            seen => seen.Text("state"),
            cancel);
    }

    /// <summary>One vote for the government, one for the partner, both for the rehearsed hash.</summary>
    public static async Task VoteAsync(People people, JsonElement rehearsed, CancellationToken cancel)
    {
        var path = $"/routing/switches/{rehearsed.Require("id")}/votes";
        var vote = new { hash = rehearsed.At("rehearsal")!.Value.Require("hash"), approve = true };
        await people.GovernmentChair.PostAsync(path, vote, cancel);
        await people.PartnerChair.PostAsync(path, vote, cancel);
    }

    public static Task<JsonElement> UntilAsync(People people, string id, CancellationToken cancel, params string[] states) => Waiting.UntilAsync(
        $"the switch to be {string.Join(" or ", states)}",
        () => people.Operator.GetAsync($"/routing/switches/{id}", cancel),
        seen => seen.Text("state") is var state && (states.Contains(state)
            || (state is "Voided" or "Rejected" or "Expired" ? throw new DemoFailure($"The switch is {state}: {seen.Text("note")}") : false)),
        seen => $"{seen.Text("state")} {seen.At("progress")?.At("moved")} {seen.At("progress")?.At("waitingToMove")}",
        cancel);

    /// <summary>Waits until it is closed: by itself when the watch is over, or here as soon as nothing in its scope is open.</summary>
    public static async Task CloseAsync(People people, string id, CancellationToken cancel)
    {
        await UntilAsync(people, id, cancel, "Watching", "Closed");
        await Waiting.UntilAsync(
            "the switch to be closed",
            async () =>
            {
                try
                {
                    return (await people.Operator.PostAsync($"/routing/switches/{id}/close", null, cancel)).Text("state");
                }
                catch (ApiRefusal refusal) when (refusal.Code is "switch.unfinished" or "lifecycle.not_allowed")
                {
                    var seen = (await people.Operator.GetAsync($"/routing/switches/{id}", cancel)).Text("state");
                    return seen == "Closed" ? seen : refusal.Reason;
                }
            },
            state => state == "Closed",
            state => state,
            cancel);
    }

    /// <summary>Pauses or resumes channels and waits for the proof from Providers.</summary>
    public static async Task GatesAsync(People people, string[] channels, bool open, string reason, CancellationToken cancel)
    {
        foreach (var channel in channels)
        {
            try
            {
                await people.Operator.PostAsync($"/routing/channels/{channel}/{(open ? "resume" : "pause")}", new { reason }, cancel);
            }
            catch (ApiRefusal refusal) when (open && refusal.Code == "channel.not_closed")
            {
                // The return itself was quicker, and its gate is opening already.
                continue;
            }
        }

        var wanted = open ? "Open" : "Closed";
        await Waiting.UntilAsync(
            $"the gates to be {wanted}",
            () => people.Operator.GetAsync("/routing/channels", cancel),
            seen => seen.List("items").Where(channel => channels.Contains(channel.Text("code"))).All(channel => channel.Text("gate") == wanted),
            seen => string.Join(' ', seen.List("items").Select(channel => channel.Text("gate"))),
            cancel);
    }
}
