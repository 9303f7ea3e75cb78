namespace TwinTrack.Proving.Demo;

/// <summary>
/// One payment cycle on both tracks, from a registry file to a certificate, chapter by chapter, and the sums at its
/// end.
/// </summary>
internal static class CycleDemo
{
    public static async Task<Totals> RunAsync(DemoWorld world, CancellationToken cancel)
    {
        await world.StartAsync(cancel);
        world.Chapter("1  A registry, a programme, two tracks");
        await PreparationChapter.RunAsync(world, cancel);
        world.Chapter("2  One cycle: who is due how much, approved by two, released by a third");
        await PaymentChapter.RunAsync(world, cancel);
        world.Chapter("3  Track 1 is suspended: the rest of the cycle goes over Track 2, by vote and by evidence");
        await SuspensionChapter.RunAsync(world, cancel);
        world.Chapter("4  Late answers and statements decide every doubt");
        var report = await LateAnswersChapter.RunAsync(world, cancel);
        world.Chapter("5  Certified");
        var totals = await ClosingTotals.TakeAsync(
            world, report, await CertificateChapter.RunAsync(world, cancel), cancel);
        world.Chapter("6  Back to Track 1");
        var next = await ReturnChapter.RunAsync(world, cancel);
        return totals with
        {
            Seconds = Math.Round(world.Elapsed.TotalSeconds, 1),
            Fails = [.. totals.Fails, .. next.IsOverTrack(1)
                ? Array.Empty<string>() : ["the next cycle is not routed over Track 1 alone"]],
        };
    }
}
