using System.Text.Json;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;
using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Scenarios.Language;
using TwinTrack.Proving.Systems;

namespace TwinTrack.Proving.Scenarios;

/// <summary>
/// Executes the lines one after another with the demonstration's own steps. Ends with the sums and the results of the
/// expectations.
/// </summary>
internal sealed class ScenarioRun(Scenario scenario, DemoWorld world)
{
    private readonly Facts _facts = new(world);

    /// <param name="scenario">Read and judged.</param>
    /// <param name="world">Not started yet.</param>
    /// <param name="cancel">Ctrl-C.</param>
    public static Task<Totals> RunAsync(Scenario scenario, DemoWorld world, CancellationToken cancel) =>
        new ScenarioRun(scenario, world).RunAsync(cancel);

    private async Task<Totals> RunAsync(CancellationToken cancel)
    {
        var minutes = ScenarioWorld.TimeLimit(scenario);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(minutes);
        var found = new List<Expected>();
        var now = "before the first line";
        try
        {
            await world.StartAsync(limit.Token);
            world.Chapter($"{scenario.Name}: a registry, a programme, two tracks");
            await PreparationChapter.RunAsync(world, limit.Token);
            foreach (var line in scenario.Story)
            {
                now = Invariant($"line {line.Line}: {line.Text}");
                world.Chapter(now);
                if (line.Step is Expectation expectation)
                {
                    found.Add(await ExpectAsync(line, expectation, limit.Token));
                }
                else
                {
                    await DoAsync((ScenarioAct)line.Step, limit.Token);
                }
            }
        }
        catch (Exception fault) when (fault is StuckException or DemoFailure or ApiRefusal or HttpRequestException)
        {
            throw new DemoFailure($"{now}: {fault.Message}");
        }
        catch (OperationCanceledException fault) when (!cancel.IsCancellationRequested)
        {
            throw new DemoFailure(
                Invariant($"{now}: the time limit of {minutes.TotalMinutes:0} minutes is over. {fault.Message}"));
        }

        var totals = _facts.Totals ?? throw new InvalidOperationException("A scenario without an end was run.");
        return totals with
        {
            Seconds = Math.Round(world.Elapsed.TotalSeconds, 1),
            Scenario = scenario.Name,
            Expects = found,
            Fails = [.. totals.Fails, .. found.Where(one => !one.Holds).Select(one => one.ToString())],
        };
    }

    private async Task<Expected> ExpectAsync(ScenarioLine line, Expectation expectation, CancellationToken cancel)
    {
        var value = await _facts.FindAsync(expectation, cancel);
        var expected = new Expected(line.Line, line.Text, value, expectation.Measure.Holds(value));
        world.Story.Say(expected.Holds ? $"so it is: {Story.Number(value)}" : $"NOT SO: found {Story.Number(value)}");
        return expected;
    }

    private Task DoAsync(ScenarioAct deed, CancellationToken cancel) => deed switch
    {
        ScenarioAct.GivenFor given =>
            RuleAsync("funding_source", given.Source,
                new { source = given.Source, track = given.Track, text = Invariant($"given for track {given.Track}") },
                cancel),
        ScenarioAct.LetCross let =>
            RuleAsync("funding_crossing", Invariant($"{let.Source}-{let.Track}"),
                new { source = let.Source, track = let.Track, partner = "*", text = let.Because }, cancel),
        ScenarioAct.Pay => PayAsync(cancel),
        ScenarioAct.WhenSent sent =>
            TellAsync(
                async () =>
                    $"{Story.Number(await PaymentChapter.UntilSentAsync(world, sent.Track, 0, sent.Share, cancel))} "
                        + Invariant($"have left over Track {sent.Track}")),
        ScenarioAct.WhenSettled settled =>
            TellAsync(
                async () =>
                    $"{Story.Number(await UntilSettledAsync(settled, cancel))} "
                        + Invariant($"are settled over Track {settled.Track}")),
        ScenarioAct.WhenNothingMoves => RestAsync(cancel),
        ScenarioAct.Suspend suspend => SuspendAsync(suspend, cancel),
        ScenarioAct.Resume resume =>
            Gates.SetAsync(world.People, [.. resume.Way.Channels], open: true, resume.Because, cancel),
        ScenarioAct.StopTrack suspend =>
            TrackSuspension.BeginAsync(world, suspend.Areas, suspend.Track, suspend.Because, cancel),
        ScenarioAct.EndSuspension end => TrackSuspension.EndAllAsync(world, end.Because, cancel),
        ScenarioAct.FallsSilent falls => Provider(falls.Channel).KillAsync(),
        ScenarioAct.ComesBack back => Provider(back.Channel).StartAsync(cancel),
        ScenarioAct.Switch change => SwitchSteps.MoveAsync(
            world, new SwitchRequest(change.Areas, [.. change.From.Channels], 2, change.Reason), cancel),
        ScenarioAct.Begin begin => SwitchSteps.MoveAsync(
            world, new SwitchRequest(begin.Areas, [], 2, begin.Reason), cancel),
        ScenarioAct.CoverAll => CoverAllAsync(cancel),
        ScenarioAct.Return back => SwitchSteps.MoveAsync(
            world, new SwitchRequest(back.Areas, [DemoChannels.Partner.Code], 1, "return"), cancel),
        ScenarioAct.GiveUp given => SwitchSteps.GiveUpAsync(world, given.Bearer, cancel),
        ScenarioAct.Finish => FinishAsync(cancel),
        ScenarioAct.PlanNext => PlanNextAsync(cancel),
        _ => throw new ArgumentOutOfRangeException(nameof(deed), deed, "Nobody knows how to do it."),
    };

    private Task<JsonElement> RuleAsync(string kind, string id, object rule, CancellationToken cancel) =>
        world.People.Finance.PutAsync($"/routing/rules/{kind}/{id}", rule, cancel);

    private async Task CoverAllAsync(CancellationToken cancel)
    {
        foreach (var channel in DemoChannels.UnderContract(world.Options.Overflows, []))
        {
            await world.People.Admin.PutAsync($"/routing/channels/{channel.Code}", channel.Contract, cancel);
        }
    }

    private async Task PayAsync(CancellationToken cancel)
    {
        await PaymentChapter.ApproveAsync(world, cancel);
        await PaymentChapter.ReleaseAsync(world, cancel);
    }

    private async Task SuspendAsync(ScenarioAct.Suspend suspend, CancellationToken cancel)
    {
        await Gates.SetAsync(world.People, [.. suspend.Way.Channels], open: false, suspend.Because, cancel);
        world.Story.Say(
            $"proved: nothing leaves after {await Gates.ProofsAsync(world.People, [.. suspend.Way.Channels], cancel)}");
    }

    private async Task RestAsync(CancellationToken cancel)
    {
        var report = await world.Story.ProgressAsync(
            "Coming to rest",
            progress => QuietCycle.UntilAsync(world, progress, cancel, since: TimeProvider.System.GetUtcNow()));
        world.Story.Say(
            $"settled {Story.Number(QuietCycle.Settled(report, 1).Count)} over Track 1 and "
                + $"{Story.Number(QuietCycle.Settled(report, 2).Count)} over Track 2; "
            + $"{Story.Number(report.At("inDoubt")?.Number("count") ?? 0)} in doubt, "
                + $"{Story.Number(Totals.UnpaidOf(report).Sum(row => row.Sum.Count))} unpaid");
    }

    private Task<long> UntilSettledAsync(ScenarioAct.WhenSettled wanted, CancellationToken cancel) =>
        Waiting.UntilAsync(
        Invariant($"{wanted.Count} payments to be settled over Track {wanted.Track}"),
        async () => QuietCycle.Settled(await world.ReportAsync(cancel), wanted.Track).Count,
        settled => settled >= wanted.Count,
        settled => settled,
        cancel);

    private async Task FinishAsync(CancellationToken cancel)
    {
        var report = await LateAnswersChapter.RunAsync(world, cancel);
        _facts.Totals = await ClosingTotals.TakeAsync(
            world, report, await CertificateChapter.RunAsync(world, cancel), cancel);
    }

    private async Task PlanNextAsync(CancellationToken cancel)
    {
        _facts.Next = await ReturnChapter.PlanNextAsync(world, cancel);
        world.Story.Say($"it would go by {_facts.Next}");
    }

    private async Task TellAsync(Func<Task<string>> wait) => world.Story.Say(await wait());

    private Systems.Simulator Provider(string channel) =>
        world.Simulators.Single(simulator => simulator.Channel == channel);
}
