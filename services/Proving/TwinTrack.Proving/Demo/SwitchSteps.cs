using System.Text.Json;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Proving.Demo;

/// <summary>What an operator proposes.</summary>
/// <param name="Areas">P-codes; empty means all.</param>
/// <param name="From">Codes of the channels to leave.</param>
/// <param name="Reason">A word that the protocol knows.</param>
internal sealed record SwitchRequest(string[] Areas, string[] From, int ToTrack, string Reason);

/// <summary>The governed steps of a change of track, as operator and co-chairs take them.</summary>
internal static class SwitchSteps
{
    /// <summary>Proposes and rehearses.</summary>
    public static async Task<JsonElement> RehearseAsync(
        People people, string cycleId, SwitchRequest order, CancellationToken cancel)
    {
        var proposal = new
        {
            programme = Rule.Programme,
            cycleId,
            areas = order.Areas,
            fromChannels = order.From,
            toTrack = order.ToTrack,
            reason = order.Reason
        };
        var proposed = await people.Operator.PostAsync("/routing/switches", proposal, cancel);
        var path = $"/routing/switches/{proposed.Require("id")}";
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
        var rehearsal = rehearsed.At("rehearsal")!.Value;
        var vote = new
        {
            hash = rehearsal.Require("hash"),
            approve = true,
            confirmReach = rehearsal.List("warnings").Any(),
        };
        await people.GovernmentChair.PostAsync(path, vote, cancel);
        await people.PartnerChair.PostAsync(path, vote, cancel);
    }

    /// <summary>
    /// Proposed, rehearsed, voted by both parties, stopped and moving; tells what was found on the way.
    /// </summary>
    public static async Task MoveAsync(DemoWorld world, SwitchRequest order, CancellationToken cancel)
    {
        var (people, story) = (world.People, world.Story);
        var rehearsed = await RehearseAsync(people, world.CycleId, order, cancel);
        var rehearsal = rehearsed.At("rehearsal")!.Value;
        story.Say("rehearsed: " + string.Join(", ", rehearsal.List("byDisposition").Select(
            row => $"{Story.Number(row.Number("count"))} {row.Text("disposition")!.Replace('_', ' ')}")));
        var reasons = rehearsal.List("unreachable").Select(row => row.Text("why")!.Split(" for ")[0]).Distinct();
        story.Say(
            Invariant($"Track {order.ToTrack} can reach ")
                + $"{Story.Number(rehearsal.List("target").Sum(row => row.Number("count")))}, and not "
                + $"{Story.Number(rehearsal.List("unreachable").Sum(row => row.Number("count")))}"
                + $" ({string.Join("; ", reasons)})");
        await VoteAsync(people, rehearsed, cancel);
        world.Switches.Add(rehearsed.Require("id"));
        var moved = await UntilAsync(people, world.SwitchId, cancel, "Moving", "Paying", "Watching", "Closed");
        var channels = moved.List("channels").ToList();
        story.Say(
            "government and partner vote for the rehearsed hash; "
            + (channels.Count == 0 ? "no channel is left, "
                : Invariant($"stopped under epoch {channels.Max(channel => channel.Number("epoch"))}, "))
            + $"{Story.Number(channels.Sum(channel => channel.Number("withdrawn")))} withdrawn unsent, "
            + $"{Story.Number(channels.Sum(channel => channel.Number("recallsAsked")))} recalls asked "
                + $"for");
    }

    /// <summary>
    /// The government proposes to give up attempts in doubt, and the partner agrees. The bearer's funds are deposited
    /// first. Waits until an attempt is in doubt, and reads the list again when evidence has changed it.
    /// </summary>
    public static async Task GiveUpAsync(DemoWorld world, string bearer, CancellationToken cancel)
    {
        var (people, path) = (world.People, $"/payments/moves/{world.SwitchId}/forced");
        var list = await Waiting.UntilAsync(
            "two parties to give up what is in doubt",
            async () =>
            {
                var seen = await people.GovernmentChair.GetAsync(path, cancel);
                return seen.Number("count") > 0 && await AgreedAsync(people, path, seen, bearer, cancel)
                    ? seen : (JsonElement?)null;
            },
            seen => seen is not null,
            seen => seen?.Number("count"),
            cancel);
        var items = list!.Value.List("items").ToList();
        if (items.Count < list.Value.Number("count"))
        {
            throw new DemoFailure(
                Invariant(
                    $"{list.Value.Number("count")} attempts were given up, and only {items.Count} are shown by name."));
        }

        world.GivenUp.UnionWith(items.Select(item => Guid.ParseExact(item.Require("id")["ins_".Length..], "n")));
        world.Story.Say(
            $"government and partner give up {Story.Number(items.Count)} in doubt, "
                + $"{Story.Number(list.Value.Number("sumMinor"))} {Rule.Currency}; {bearer} bears what turns out to be "
                + $"paid");
    }

    private static async Task<bool> AgreedAsync(
        People people, string path, JsonElement list, string bearer, CancellationToken cancel)
    {
        var hash = list.Require("hash");
        await people.Finance.PostAsync(
            "/payments/funds", new
            {
                programme = Rule.Programme,
                fundingSource = bearer,
                amountMinor = list.Number("sumMinor"),
                currency = Rule.Currency
            }, cancel);
        try
        {
            var proposed = await people.GovernmentChair.PostAsync(
                path, new { hash, bearer, note = "The provider is silent." }, cancel);
            await people.PartnerChair.PostAsync(
                $"/payments/forced/{proposed.Require("id")}/decision",
                new { hash, agree = true, note = "Households wait." }, cancel);
            return true;
        }
        catch (ApiRefusal refusal) when (refusal.Code is "forced.hash_differs" or "forced.nothing")
        {
            return false;
        }
    }

    public static Task<JsonElement> UntilAsync(
        People people, string id, CancellationToken cancel, params string[] states) => Waiting.UntilAsync(
        $"the switch to be {string.Join(" or ", states)}",
        () => people.Operator.GetAsync($"/routing/switches/{id}", cancel),
        seen => seen.Text("state") is var state && (states.Contains(state)
            || (state is "Voided" or "Aborted" or "Rejected" or "Expired"
                ? throw new DemoFailure($"The switch is {state}: {seen.Text("note")}") : false)),
        seen => $"{seen.Text("state")} {seen.At("progress")?.At("moved")} {seen.At("progress")?.At("waitingToMove")}",
        cancel);

    /// <summary>
    /// Waits until the switch is closed. It closes by itself after the watch, or here as soon as nothing in its scope
    /// is open.
    /// </summary>
    public static async Task CloseAsync(People people, string id, CancellationToken cancel)
    {
        await UntilAsync(people, id, cancel, "Watching", "Closed");
        await Waiting.UntilAsync(
            "the switch to be closed",
            async () =>
            {
                try
                {
                    return (await people.Operator.PostAsync($"/routing/switches/{id}/close", null, cancel)).Text(
                        "state");
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
}
