using System.Globalization;
using System.Text.Json;
using TwinTrack.Cli.Demo;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Scenarios.Language;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Cli.Scenarios;

/// <summary>Does what the lines say, one after the other, with the demonstration's own steps; ends with its sums and with what was expected.</summary>
internal sealed class ScenarioRun(Scenario scenario, DemoWorld world)
{
    private readonly Facts _facts = new(world);

    /// <param name="scenario">Read and judged.</param>
    /// <param name="world">Not started yet.</param>
    /// <param name="cancel">Ctrl-C.</param>
    public static Task<Totals> RunAsync(Scenario scenario, DemoWorld world, CancellationToken cancel) => new ScenarioRun(scenario, world).RunAsync(cancel);

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
                now = string.Create(CultureInfo.InvariantCulture, $"line {line.Line}: {line.Text}");
                world.Chapter(now);
                if (line.Step is Expectation expectation)
                {
                    found.Add(await ExpectAsync(line, expectation, limit.Token));
                }
                else
                {
                    await DoAsync((Deed)line.Step, limit.Token);
                }
            }
        }
        catch (Exception fault) when (fault is StuckException or DemoFailure or ApiRefusal or HttpRequestException)
        {
            throw new DemoFailure($"{now}: {fault.Message}");
        }
        catch (OperationCanceledException fault) when (!cancel.IsCancellationRequested)
        {
            throw new DemoFailure($"{now}: the time limit of {minutes.TotalMinutes:0} minutes is over. {fault.Message}");
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

    private Task DoAsync(Deed deed, CancellationToken cancel) => deed switch
    {
        Deed.GivenFor given => RuleAsync("funding_source", given.Source, new { source = given.Source, track = given.Track, text = $"given for track {given.Track}" }, cancel),
        Deed.LetCross let => RuleAsync("funding_crossing", $"{let.Source}-{let.Track}", new { source = let.Source, track = let.Track, partner = "*", text = let.Because }, cancel),
        Deed.Pay => PayAsync(cancel),
        Deed.WhenSent sent => TellAsync(async () => $"{Story.Number(await PaymentChapter.UntilSentAsync(world, sent.Track, 0, sent.Share, cancel))} have left over Track {sent.Track}"),
        Deed.WhenSettled settled => TellAsync(async () => $"{Story.Number(await UntilSettledAsync(settled, cancel))} are settled over Track {settled.Track}"),
        Deed.WhenNothingMoves => RestAsync(cancel),
        Deed.Suspend suspend => SuspendAsync(suspend, cancel),
        Deed.Resume resume => Gates.SetAsync(world.People, [.. resume.Way.Channels], open: true, resume.Because, cancel),
        Deed.FallsSilent falls => Provider(falls.Channel).KillAsync(),
        Deed.ComesBack back => Provider(back.Channel).StartAsync(cancel),
        Deed.Switch change => SwitchSteps.MoveAsync(world, new SwitchOrder(change.Areas, [.. change.From.Channels], 2, change.Reason), cancel),
        Deed.Return back => SwitchSteps.MoveAsync(world, new SwitchOrder(back.Areas, [Tracks.Partner.Code], 1, "return"), cancel),
        Deed.GiveUp given => SwitchSteps.GiveUpAsync(world, given.Bearer, cancel),
        Deed.Finish => FinishAsync(cancel),
        Deed.PlanNext => PlanNextAsync(cancel),
        _ => throw new ArgumentOutOfRangeException(nameof(deed), deed, "Nobody knows how to do it."),
    };

    private Task<JsonElement> RuleAsync(string kind, string id, object rule, CancellationToken cancel) => world.People.Finance.PutAsync($"/routing/rules/{kind}/{id}", rule, cancel);

    private async Task PayAsync(CancellationToken cancel)
    {
        await PaymentChapter.ApproveAsync(world, cancel);
        await PaymentChapter.ReleaseAsync(world, cancel);
    }

    private async Task SuspendAsync(Deed.Suspend suspend, CancellationToken cancel)
    {
        await Gates.SetAsync(world.People, [.. suspend.Way.Channels], open: false, suspend.Because, cancel);
        world.Story.Say($"proved: nothing leaves after {await Gates.ProofsAsync(world.People, [.. suspend.Way.Channels], cancel)}");
    }

    private async Task RestAsync(CancellationToken cancel)
    {
        var report = await world.Story.ProgressAsync("Coming to rest", progress => Rest.UntilAsync(world, progress, cancel, since: TimeProvider.System.GetUtcNow()));
        world.Story.Say($"settled {Story.Number(Rest.Settled(report, 1).Count)} over Track 1 and {Story.Number(Rest.Settled(report, 2).Count)} over Track 2; "
            + $"{Story.Number(report.At("inDoubt")?.Number("count") ?? 0)} in doubt, {Story.Number(Totals.UnpaidOf(report).Sum(row => row.Sum.Count))} unpaid");
    }

    private Task<long> UntilSettledAsync(Deed.WhenSettled wanted, CancellationToken cancel) => Waiting.UntilAsync(
        $"{wanted.Count} payments to be settled over Track {wanted.Track}",
        async () => Rest.Settled(await world.ReportAsync(cancel), wanted.Track).Count,
        settled => settled >= wanted.Count,
        settled => settled,
        cancel);

    private async Task FinishAsync(CancellationToken cancel)
    {
        var report = await LateAnswersChapter.RunAsync(world, cancel);
        _facts.Totals = await Sums.TakeAsync(world, report, await CertificateChapter.RunAsync(world, cancel), cancel);
    }

    private async Task PlanNextAsync(CancellationToken cancel)
    {
        _facts.Next = await ReturnChapter.PlanNextAsync(world, cancel);
        world.Story.Say($"it would go by {_facts.Next}");
    }

    private async Task TellAsync(Func<Task<string>> wait) => world.Story.Say(await wait());

    private Running.Simulator Provider(string channel) => world.Simulators.Single(simulator => simulator.Channel == channel);
}
