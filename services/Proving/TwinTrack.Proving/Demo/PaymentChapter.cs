using System.Globalization;
using System.Text.Json;
using TwinTrack.Cli.Commands;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Proving.Demo;

/// <summary>Cycle, batch, approvals by two people, funds, release; until part of the batch has left.</summary>
internal static class PaymentChapter
{
    /// <summary>Track 1 is suspended when this share of its payments has left.</summary>
    private const double SuspendedAt = 0.4;

    public static async Task RunAsync(DemoWorld world, CancellationToken cancel)
    {
        await ApproveAsync(world, cancel);
        var before = await SentAsync(world, 1, cancel);
        await ReleaseAsync(world, cancel);
        var sent = await UntilSentAsync(world, 1, before, SuspendedAt, cancel);
        world.Story.Say(
            $"finance deposits and releases; {Story.Number(sent)} payments have left over Track 1 when the treasury "
                + $"suspends it");
        await world.Options.At(DemoMoment.ReleaseUnderWay, world.Host, cancel);
    }

    /// <summary>
    /// Opens and closes the cycle, plans its batch, has it approved by two people, and deposits its funds.
    /// </summary>
    internal static async Task ApproveAsync(DemoWorld world, CancellationToken cancel)
    {
        var (people, story) = (world.People, world.Story);
        var cycle = await story.ProgressAsync(
            "Calculating", report => OpenAsync(world, report, cancel));
        world.CycleId = cycle.Require("id");
        world.Switches.Clear();
        var closed = await CycleClose.CloseAsync(people.Manager, world.CycleId, cancel);
        world.EntitledMinor = closed.Number("sumMinor");
        story.Say(
            $"{Story.Number(closed.Number("entitlements"))} entitlements, {Story.Number(world.EntitledMinor)} "
                + $"{Rule.Currency}; closed with count, sum and hash {closed.Require("hash")[..12]}");

        var batch = await story.ProgressAsync(
            "Planning", report => BatchCreate.CreateAsync(people.Manager, world.CycleId, report, cancel));
        world.BatchId = batch.Require("id");
        world.Obligations = batch.Number("count");
        var contentHash = world.ContentHash = batch.Require("contentHash");
        await people.FirstApprover.PostAsync(
            $"/payments/batches/{world.BatchId}/approvals", new { contentHash }, cancel);
        await people.SecondApprover.PostAsync(
            $"/payments/batches/{world.BatchId}/approvals", new { contentHash }, cancel);
        story.Say(
            $"batch of {Story.Number(world.Obligations)} by {Routes.Of(batch)}; approved by approver1 and approver2, "
                + $"bound to hash {contentHash[..12]}");

        foreach (var source in batch.List("funding"))
        {
            var deposit = new
            {
                programme = Rule.Programme,
                fundingSource = source.Text("fundingSource"),
                amountMinor = source.Number("amountMinor"),
                currency = Rule.Currency
            };
            await people.Finance.PostAsync("/payments/funds", deposit, cancel);
        }
    }

    /// <summary>Finance releases what was approved.</summary>
    internal static Task ReleaseAsync(DemoWorld world, CancellationToken cancel) =>
        world.People.Finance.PostAsync($"/payments/batches/{world.BatchId}/release",
            new { contentHash = world.ContentHash }, cancel);

    /// <summary>Opens the world's period.</summary>
    internal static Task<JsonElement> OpenAsync(DemoWorld world, Action<long, long> report, CancellationToken cancel) =>
        CycleOpen.OpenAsync(
        world.People.Manager, Rule.Programme, world.Period.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        world.Period, report, cancel);

    /// <summary>
    /// Waits until a part of the batch has journal lines on the track's channels. Returns how many payments that is.
    /// </summary>
    /// <param name="world">Of the demonstration.</param>
    /// <param name="track">1 or 2.</param>
    /// <param name="before">Lines that were there before the release.</param>
    /// <param name="share">Of the batch's obligations, 0 to 1.</param>
    /// <param name="cancel">Stops waiting.</param>
    internal static Task<long> UntilSentAsync(
        DemoWorld world, int track, long before, double share, CancellationToken cancel)
    {
        var enough = (long)Math.Ceiling(world.Obligations * share);
        return world.Story.ProgressAsync(Invariant($"Paying over Track {track}"), report => Waiting.UntilAsync(
            Invariant($"{Story.Number(enough)} payments to leave over Track {track}"),
            async () =>
            {
                var sent = await SentAsync(world, track, cancel) - before;
                report(sent, world.Obligations);
                return sent;
            },
            sent => sent >= enough,
            sent => sent,
            cancel));
    }

    /// <summary>Lines in the journals of a track's channels, of all cycles.</summary>
    private static async Task<long> SentAsync(DemoWorld world, int track, CancellationToken cancel)
    {
        var channels = await world.People.Operator.GetAsync("/providers/channels", cancel);
        return channels.List("items").Where(channel => channel.Number("track") == track)
            .Sum(channel => channel.Number("lastSequence"));
    }
}
