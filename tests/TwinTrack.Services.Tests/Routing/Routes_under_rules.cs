using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Consumers;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;
using TwinTrack.Routing.Persistence;
using static TwinTrack.Services.Tests.Routing.SwitchScene;

namespace TwinTrack.Services.Tests.Routing;

public sealed class Routes_under_rules(ITestOutputHelper output)
{
    [Fact]
    public async Task A_rule_has_versions_is_quoted_by_its_name_and_ends()
    {
        await using var scene = await OpenAsync();
        await OkAsync(
            scene.Admin.PutAsJsonAsync("/routing/rules/constraint/C-7", new
            {
                partner = "t1-momo",
                area = "NE001",
                authority = "*",
                data = "*",
                funding = "*",
                text = "draft"
            }));
        var second =
            await OkAsync(
                scene.Minister.PutAsJsonAsync(
                    "/routing/rules/constraint/C-7", new
                    {
                        partner = "t1-momo",
                        area = "NE0*",
                        authority = "*",
                        data = "*",
                        funding = "*",
                        text = "not through them"
                    }));
        second["version"]!.GetValue<int>().Should().Be(2);

        var route = (await scene.RouteAsync("mobile")).Rows.Single();
        route.Channel.Should().BeNull();
        route.Reason.Should().Be("red_line: t1-momo, constraint C-7 v2: not through them [t1-bank:instrument]");

        await OkAsync(scene.Admin.PostAsJsonAsync("/routing/rules/constraint/C-7/end", new { reason = "settled" }));
        (await scene.RouteAsync("mobile")).Rows.Single().Channel.Should().Be("t1-momo");
        (await OkAsync(scene.Operator.GetAsync("/routing/rules/constraint")))["items"]!.AsArray().Should().BeEmpty();
        (await OkAsync(scene.Operator.GetAsync("/routing/rules/constraint?history=true")))["items"]!.AsArray()
            .Select(one => one!["ended"]!.GetValue<bool>()).Should().Equal(false, false, true);
    }

    [Fact]
    public async Task Whoever_may_not_set_a_rule_and_whatever_is_none_is_refused_by_name()
    {
        await using var scene = await OpenAsync();
        var good = new { source = "donor", track = 1, text = "for the treasury" };

        (await RefusedAsync(scene.Operator.PutAsJsonAsync("/routing/rules/funding_source/donor", good))).Should()
            .Be("rule.role");
        (await RefusedAsync(scene.Admin.PutAsJsonAsync("/routing/rules/wish/donor", good))).Should()
            .Be("rule.unknown_kind");
        (await RefusedAsync(scene.Admin.PutAsJsonAsync("/routing/rules/funding_source/other", good))).Should()
            .Be("rule.invalid");
        (await RefusedAsync(
            scene.Admin.PutAsJsonAsync("/routing/rules/funding_source/donor",
                new { source = "donor", track = 3, text = "x" }))).Should().Be("rule.invalid");
        (await RefusedAsync(
            scene.Admin.PutAsJsonAsync("/routing/rules/funding_source/donor", new { source = "donor" }))).Should()
            .Be("rule.invalid");
        (await RefusedAsync(
            scene.Admin.PostAsJsonAsync("/routing/rules/funding_source/donor/end", new { reason = "x" }))).Should()
            .Be("rule.unknown");
    }

    [Fact]
    public async Task A_partner_declines_for_itself_and_nobody_does_it_for_another()
    {
        await using var scene = await OpenAsync();
        object For(string channel) => new
        {
            channel,
            areas = new[] { "NE001" },
            obligations = Array.Empty<string>(),
            reason = "no staff"
        };
        HttpClient Of(string party) => scene.Host.As("someone", party, Role.CoChair);

        foreach (var stranger in new[] { scene.Operator, scene.Minister, Of("t2-other") })
        {
            (await RefusedAsync(stranger.PutAsJsonAsync("/routing/rules/decline/D-1", For("t2-agency")))).Should()
                .Be("rule.not_spoken_for");
        }

        (await RefusedAsync(scene.Partner.PutAsJsonAsync("/routing/rules/decline/D-1", For("t1-momo")))).Should()
            .Be("rule.not_spoken_for");
        (await RefusedAsync(scene.Partner.PutAsJsonAsync("/routing/rules/decline/D-1", For("t9-nobody")))).Should()
            .Be("rule.invalid");
        await OkAsync(Of("t2-agency").PutAsJsonAsync("/routing/rules/decline/D-1", For("t2-agency")));
        (await RefusedAsync(
            scene.Operator.PostAsJsonAsync("/routing/rules/decline/D-1/end", new { reason = "go on" }))).Should()
            .Be("rule.not_spoken_for");
        (await RefusedAsync(scene.Operator.PutAsJsonAsync("/routing/rules/decline/D-1", For("t1-momo")))).Should()
            .Be("rule.not_spoken_for", "that would end the partner's own");
        await OkAsync(
            scene.Partner.PostAsJsonAsync("/routing/rules/decline/D-1/end", new { reason = "staff are back" }));
        await OkAsync(scene.Operator.PutAsJsonAsync("/routing/rules/decline/D-2", For("t1-momo")));
    }

    [Fact]
    public async Task Two_chunks_at_once_never_exceed_a_ceiling_and_the_same_chunk_again_takes_no_more()
    {
        await using var scene = await OpenAsync();
        await SetTableAsync(scene, new { countPerCycle = 150 });
        var chunks = Enumerable.Range(0, 4).Select(_ => Rows(100)).ToList();

        // Two that meet in the database: one waits, or fails and is delivered again, as the bus does.
        await Task.WhenAll(
            chunks.Take(2).Select((rows, number) => AgainAsync(() => AskAsync(scene, Invariant($"c{number}"), rows))));
        await AgainAsync(() => AskAsync(scene, "c0", chunks[0]));
        await Task.WhenAll(
            chunks.Skip(2)
                .Select((rows, number) => AgainAsync(() => AskAsync(scene, Invariant($"c{number + 2}"), rows))));

        var sent = (await scene.Host.SentAsync<RoutingDb, InstructionsRouted>()).GroupBy(answer => answer.RequestId)
            .ToDictionary(group => group.Key, group => group.ToList());
        sent["c0"][1].Rows.Select(row => row.Channel).Should()
            .Equal(sent["c0"][0].Rows.Select(row => row.Channel), "the same question has the same answer");
        sent.Values.SelectMany(answers => answers[0].Rows).Count(row => row.Channel == "t1-momo").Should().Be(150);
        sent.Values.SelectMany(answers => answers[0].Rows).Where(row => row.Channel is null).Should()
            .OnlyContain(row => row.Reason.StartsWith("ceiling: t1-momo, 150 a cycle"));
        (await scene.Host.QueryAsync<RoutingDb, int>(db => db.CeilingAllocations.CountAsync())).Should().Be(150);
        (await scene.Host.QueryAsync<RoutingDb, List<long>>(
            db => db.CeilingCounters.Select(counter => counter.Count).ToListAsync())).Should()
            .OnlyContain(count => count == 150);
    }

    [Fact]
    public async Task A_return_is_refused_by_the_name_of_each_check_that_is_not_confirmed()
    {
        await using var scene = await OpenAsync();
        await OkAsync(
            scene.Admin.PutAsJsonAsync("/routing/rules/readiness/R-1",
                new { programme = "psn", areas = new[] { "*" }, text = "the treasury pays again" }));
        object back = new
        {
            programme = "psn",
            cycleId = Cycle,
            fromChannels = new[] { "t2-agency" },
            toTrack = 1,
            reason = "return"
        };

        (await RefusedAsync(scene.Operator.PostAsJsonAsync("/routing/switches", back))).Should()
            .Be("readiness.not_met");
        (await OkAsync(scene.Operator.GetAsync("/routing/readiness/psn")))["ready"]!.GetValue<bool>().Should()
            .BeFalse();
        await OkAsync(
            scene.Partner.PutAsJsonAsync("/routing/rules/confirmation/R-1",
                new { check = "R-1", checkVersion = 1, holds = true, note = "seen the statement" }));

        var seen = await OkAsync(scene.Operator.GetAsync("/routing/readiness/psn"));
        seen["checks"]![0]!["confirmedBy"]!.GetValue<string>().Should().Be("boris@partner");
        await OkAsync(scene.Operator.PostAsJsonAsync("/routing/switches", back));
    }

    [Fact]
    public async Task A_return_that_track_1_is_no_longer_ready_for_is_voided_before_any_fence()
    {
        await using var scene = await OpenAsync();
        await OkAsync(
            scene.Admin.PutAsJsonAsync("/routing/rules/readiness/R-1",
                new { programme = "psn", areas = new[] { "*" }, text = "the treasury pays again" }));
        await OkAsync(
            scene.Partner.PutAsJsonAsync("/routing/rules/confirmation/R-1",
                new { check = "R-1", checkVersion = 1, holds = true, note = "seen" }));
        var id = await ProposeAsync(scene.Operator, 1, "return", "t2-agency");
        DispositionRow[] live = [Row("Released", 5, "t2-agency")];
        await scene.VoteAsync(id, await scene.RehearseAsync(id, live));
        await OkAsync(
            scene.Partner.PutAsJsonAsync("/routing/rules/confirmation/R-1",
                new { check = "R-1", checkVersion = 1, holds = false, note = "the bank is shut" }));

        await scene.AnswerCountAsync(id, 1, live);

        (await scene.UntilStateAsync(id, "Voided"))["note"]!.GetValue<string>().Should()
            .Contain("readiness R-1 v1").And.Contain("the bank is shut");
        (await scene.Host.SentAsync<RoutingDb, FenceChannel>()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_pilot_return_asks_nothing_back_and_moves_no_gate()
    {
        await using var scene = await OpenAsync();
        var answer = await OkAsync(scene.Operator.PostAsJsonAsync(
            "/routing/switches", new
            {
                programme = "psn",
                cycleId = Cycle,
                fromChannels = new[] { "t2-agency" },
                toTrack = 1,
                reason = "return",
                pilotPercent = 20
            }));
        var id = answer["id"]!.GetValue<string>();
        DispositionRow[] live = [Row("Released", 5, "t2-agency"), Row("Sent", 3, "t2-agency")];
        await scene.VoteAsync(id, await scene.RehearseAsync(id, live));

        await scene.AnswerCountAsync(id, 1, live);
        (await scene.Host.SentUntilAsync<StopScope>(1)).Should().OnlyContain(stop => !stop.Recall);
        await scene.StopAsync(id, "t2-agency", 2, 5);

        (await scene.Host.SentUntilAsync<StartMove>(1)).Should().ContainSingle();
        (await scene.Host.SentAsync<RoutingDb, FenceChannel>()).Should().BeEmpty();
        (await scene.Host.SentAsync<RoutingDb, OpenChannel>()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_channel_outside_its_hours_is_closed_by_itself()
    {
        await using var scene = await OpenAsync();
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(2).DayOfWeek.ToString()[..3].ToLowerInvariant();
        await OkAsync(scene.Admin.PutAsJsonAsync("/routing/channels/t1-momo", new
        {
            provider = "provider of t1-momo",
            adapter = "mobile_money",
            track = 1,
            instruments = new[] { "mobile" },
            currency = "XOF",
            capacityPerHour = 3_600,
            contractModel = "government",
            hours = new
            {
                windows = new[] { new { days = new[] { tomorrow }, from = "08:00", until = "16:00" } },
                utcOffsetMinutes = 0
            },
        }));

        (await scene.Host.SentUntilAsync<FenceChannel>(1)).Single().Should()
            .Match<FenceChannel>(fence => fence.Channel == "t1-momo" && fence.Epoch == 1);
        (await scene.ChannelAsync("t1-momo"))["pauseReason"]!.GetValue<string>().Should().Be("outside hours");
        (await scene.RouteAsync("mobile")).Rows.Single().Reason.Should()
            .Be("rule * × * × * → t1-momo (paused)", "the row does not say to go on");
    }

    /// <summary>
    /// Prints the cost of rules, shares and ceilings as a ratio within one run. The bound is loose: only a nested loop
    /// exceeds it.
    /// </summary>
    [Fact]
    public async Task Rules_and_shares_cost_a_chunk_little()
    {
        await using var scene = await OpenAsync();
        async Task<double> PerSecondAsync(string name, Func<string, List<RouteRow>, Task> ask)
        {
            var chunks = Enumerable.Range(0, 12).Select(_ => Rows(1_000)).ToList();
            await ask($"{name}-warm", chunks[0]);
            var watch = Stopwatch.StartNew();
            foreach (var rows in chunks.Skip(1))
            {
                await ask(name, rows);
            }

            return 11_000 / watch.Elapsed.TotalSeconds;
        }

        Task Now(string request, List<RouteRow> rows) => AskAsync(scene, request, rows);
        await PerSecondAsync("warm", Now);
        var former = await PerSecondAsync("former", (request, rows) => AskFormerlyAsync(scene, request, rows));
        var plain = await PerSecondAsync("plain", Now);
        await OkAsync(
            scene.Admin.PutAsJsonAsync("/routing/rules/funding_source/donor",
                new { source = "donor", track = 1, text = "x" }));
        await OkAsync(
            scene.Admin.PutAsJsonAsync("/routing/rules/constraint/C-1", new
            {
                partner = "t2-agency",
                area = "NE0*",
                authority = "*",
                data = "*",
                funding = "donor",
                text = "x"
            }));
        var ruled = await PerSecondAsync("ruled", Now);
        await SetTableAsync(scene, null);
        var shared = await PerSecondAsync("shared", Now);
        await SetTableAsync(scene, new { countPerCycle = 8_000 });
        var ceiled = await PerSecondAsync("ceiled", Now);

        output.WriteLine(
            Invariant($"rows a second: as it was {former:n0}; plain {plain:n0} ({plain / former:p0}); of plain: rules ")
                + Invariant(
                    $"{ruled:n0} ({ruled / plain:p0}); shares {shared:n0} ({shared / plain:p0}); ceilings {ceiled:n0} ")
                + Invariant($"({ceiled / plain:p0})"));
        plain.Should().BeGreaterThan(former / 4);
        ruled.Should().BeGreaterThan(plain / 4);
        shared.Should().BeGreaterThan(plain / 4);
        ceiled.Should().BeGreaterThan(plain / 20);
    }

    private static Task<System.Text.Json.Nodes.JsonObject> SetTableAsync(SwitchScene scene, object? ceiling) =>
        OkAsync(scene.Admin.PutAsJsonAsync("/routing/table", new
        {
            rows = new object[]
        {
            new
            {
                area = "*",
                programme = "*",
                instrument = "*",
                channels = new[] { "t1-momo", "t1-bank", "t2-agency" },
                shares = new Dictionary<string, int> { ["t1-momo"] = 70, ["t1-bank"] = 30 },
                ceilings = ceiling is null ? null : new Dictionary<string, object> { ["t1-momo"] = ceiling },
            },
        },
        }));

    private static List<RouteRow> Rows(int count) =>
    [
        .. Enumerable.Range(0, count).Select(number => new RouteRow(
            InstructionId.New(TimeProvider.System).ToString(), Invariant($"NE00{number % 9}"), "mobile", 100,
            ObligationId.New(TimeProvider.System).ToString(), number % 3 == 0 ? "donor" : "treasury")),
    ];

    private static Task AskAsync(SwitchScene scene, string request, List<RouteRow> rows) =>
        scene.Host.HandleAsync<RoutingDb, RouteInstructions, RouteInstructionsHandler>(
            new RouteInstructions(request, 0, "psn", Cycle, rows));

    /// <summary>
    /// The handler as it was before there were rules, shares and ceilings: one thought for each area and instrument.
    /// </summary>
    private static async Task AskFormerlyAsync(SwitchScene scene, string request, List<RouteRow> asked)
    {
        await using var scope = scene.Host.App.Services.CreateAsyncScope();
        var (db, factsQuery, outbox) = (scope.ServiceProvider.GetRequiredService<RoutingDb>(),
            scope.ServiceProvider.GetRequiredService<RoutingFactsQuery>(),
            scope.ServiceProvider.GetRequiredService<Outbox<RoutingDb>>());
        await db.InTransactionAsync(
            async () =>
            {
                var facts = await factsQuery.ReadAsync("psn", CycleId.Parse(Cycle, null), CancellationToken.None);
                var known = new Dictionary<(string, string), Route>();
                var rows = new List<RoutedRow>(asked.Count);
                foreach (var row in asked)
                {
                    if (!known.TryGetValue((row.Area, row.Instrument), out var route))
                    {
                        route = facts.Route("psn", CycleId.Parse(Cycle, null), row.Area, Instrument.Mobile);
                        known.Add((row.Area, row.Instrument), route);
                    }

                    rows.Add(
                        new RoutedRow(row.InstructionId, route.Channel?.Code, route.Channel?.Track ?? 0,
                            route.Channel?.Epoch ?? 0, route.Why, route.SwitchId?.ToString()));
                }

                outbox.Send(new InstructionsRouted(request, 0, facts.Table.Version, rows));
            },
            CancellationToken.None);
    }

    private static async Task AgainAsync(Func<Task> ask)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await ask();
                return;
            }
            catch (Exception busy) when (tries < 20
                && busy is DbUpdateException or Microsoft.Data.Sqlite.SqliteException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            }
        }
    }
}
