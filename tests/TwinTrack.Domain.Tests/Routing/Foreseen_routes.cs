using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

/// <summary>
/// A rehearsal says what the router does: random tables, rules and caseloads, counted as Payments counts and then
/// routed one by one.
/// </summary>
public sealed class Foreseen_routes
{
    private static readonly string[] Areas = ["NE001", "NE002", "NE003001"];
    private static readonly string[] Codes = ["t1-a", "t1-b", "t2-c", "t2-d"];
    private static readonly string[] Sources = ["treasury", "donor"];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_a_rehearsal_counts_by_channel_is_what_the_router_answers_at_the_move(int seed)
    {
        var world = World.Of(seed);
        var scope = world.Scope;
        var counted = world.Count();

        var foreseen = Rehearsal.Of(1, scope, counted, world.Under, Given.At, CeilingCapacity.Unused);
        var routed = world.Move();

        foreseen.Target.GroupBy(row => (row.Area, row.FundingSource, row.Channel))
            .ToDictionary(same => same.Key, same => (same.Sum(row => row.Count), same.Sum(row => row.AmountMinor)))
            .Should()
            .Equal(routed.GroupBy(
                one => (one.Row.Area, FundingSource: one.Row.FundingSource!, Channel: one.Route.Channel?.Code))
                .ToDictionary(same => same.Key, same => (same.LongCount(), same.Sum(one => one.Row.AmountMinor))));
        foreseen.UnreachableByReason.ToDictionary(row => row.Reason, row => row.Count).Should().Equal(
            routed.Where(one => one.Route.Channel is null)
                .GroupBy(one => Word.Of(one.Route.Reason))
                .ToDictionary(same => same.Key, same => same.LongCount()));
        foreseen.Ceilings.Where(row => row.To is null).Sum(row => row.Count).Should()
            .BeGreaterThanOrEqualTo(routed.Count(one => one.Route.Reason == RouteReason.Ceiling));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_change_of_a_rule_that_may_speak_of_the_scope_is_another_hash(int seed)
    {
        var world = World.Of(seed);
        var hash = Hash(world.Under);

        string Hash(RoutingFacts facts) =>
            Rehearsal.Of(1, world.Scope, world.Count(), facts, Given.At.AddHours(seed)).Hash;
        RoutingFacts With(params (RuleKind, string, int, Rule)[] rules) =>
            world.Under with
            {
                Terms =
                world.Under.Terms with
                {
                    Rules =
                    new RuleSet(
                        world.Rules.Concat(rules)
                            .Select(rule => new RuleEntry(
                                rule.Item1, rule.Item2, rule.Item3, rule.Item4, "ada@government", Given.At)))
                }
            };

        Hash(With()).Should().Be(hash);
        Hash(With((RuleKind.Constraint, "new", 1, new Constraint("t2-c", "NE00*", "*", "*", "*", "x")))).Should()
            .NotBe(hash);
        Hash(With(
            (RuleKind.Agreement, "new", 1, new Agreement(
                "t2-c", "x", ["account"], ["*"], RuleGiven.Day, RuleGiven.Day)))).Should().NotBe(hash);
        Hash(With((RuleKind.Decline, "new", 1, new Decline("t2-d", [], [RuleGiven.Obligation(1).ToString()], "x"))))
            .Should().NotBe(hash);
        Hash(With((RuleKind.FundingCrossing, "new", 1, new FundingCrossing("donor", 2, "*", "x")))).Should()
            .NotBe(hash);
        Hash(With((RuleKind.Access, "NE001", 9, new AreaAccess("NE001", true, RuleGiven.Day, "ada")))).Should()
            .NotBe(hash);
        Hash(With((RuleKind.Access, "TD001", 9, new AreaAccess("TD001", false, RuleGiven.Day, "ada")))).Should()
            .Be(hash, "another country's road has nothing to do with it");
        foreach (var (kind, id, version, rule) in world.Rules)
        {
            var next = world.Rules.Select(one => one.Id == id && one.Kind == kind ? (kind, id, version + 1, rule) : one)
                .ToArray();
            Hash(world.Under with
            {
                Terms =
                world.Under.Terms with
                {
                    Rules =
                    new RuleSet(
                        next.Select(
                            one => new RuleEntry(
                                one.Item1, one.Item2, one.Item3, one.Item4, "ada@government", Given.At)))
                }
            })
                .Should().NotBe(hash, $"{kind} {id} has a new version");
        }
    }

    [Fact]
    public void What_waits_for_the_hour_and_for_room_is_told_with_its_end()
    {
        var shut =
            Given.Way("t2-c", 2) with { Hours = new OpeningHours([new OpeningWindow(["mon"], "08:00", "17:00")]) };
        var table =
            Table(new TableRow("*", "*", "*", ["t1-a", "t2-c"],
                Ceilings: new Dictionary<string, Ceiling> { ["t2-c"] = new(CountPerDay: 7) }));
        var facts = RuleGiven.Map(table, [], null, Given.Way("t1-a", 1), shut)
            .Under(Given.Overlay("t1-a"));
        var count =
            new DispositionCount("aa", 10, 1_000,
                [new DispositionCountLine("NE001", Instrument.Mobile, "t1-a", CountedState.Withdrawn, false, null, 10,
                    1_000) { FundingSource = "treasury" }]);

        var seen = Rehearsal.Of(1, new SwitchScope("psn", Given.Cycle, [], ["t1-a"], 2), count, facts, Given.At);

        seen.Hours.Should().Equal(new HoursSum("t2-c", 7, 700, new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero)));
        seen.Ceilings.Should().Equal(
            new CeilingSum("t2-c", "7 a day", null, 3, 300, new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero)));
        seen.UnreachableByReason.Should().Equal(new ReasonSum("ceiling", 3, 300));
        seen.BySource.Should().Equal(new SourceSum("treasury", "not_instructed", 10, 1_000));
    }

    [Fact]
    public void Two_hundred_thousand_under_ceilings_are_foreseen_in_a_moment()
    {
        var table =
            Table(new TableRow("*", "*", "*", ["t1-a", "t2-c", "t2-d"],
                new Dictionary<string, int> { ["t2-c"] = 60, ["t2-d"] = 40 },
                new Dictionary<string, Ceiling> { ["t2-c"] = new(CountPerCycle: 90_000) }));
        var facts = RuleGiven.Map(table, [], null, Given.Way("t1-a", 1), Given.Way("t2-c", 2), Given.Way("t2-d", 2))
            .Under(Given.Overlay("t1-a"));
        DispositionCountLine Line(int from, long each) =>
            new("NE001", Instrument.Mobile, "t1-a", CountedState.Withdrawn, false, null, 50_000,
                50_000 * each)
            { ShareFrom = from };
        var count =
            new DispositionCount("aa", 200_000, 1, [Line(0, 100), Line(60, 100), Line(0, 200), Line(60, 200)])
            {
                Order =
                [.. Enumerable.Range(0, 200_000).Select(turn => turn % 4)]
            };
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var seen = Rehearsal.Of(1, new SwitchScope("psn", Given.Cycle, [], ["t1-a"], 2), count, facts, Given.At);

        seen.Target.ToDictionary(row => row.Channel!, row => row.Count).Should()
            .Equal(new Dictionary<string, long> { ["t2-c"] = 90_000, ["t2-d"] = 110_000 });
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 60)];

    private static RoutingTable Table(params TableRow[] rows) =>
        RoutingTable.Of(1, rows, rows.SelectMany(row => row.Channels).ToHashSet())
            .Match(table => table, refusal => throw new InvalidOperationException(refusal.Reason));

#pragma warning disable CA5394 // Seeded on purpose: a failure must be repeatable.
    /// <summary>One table, rule book, caseload and switch.</summary>
    private sealed record World(RoutingFacts Under, SwitchScope Scope,
        IReadOnlyList<(RuleKind Kind, string Id, int Version, Rule Rule)> Rules, IReadOnlyList<ChunkRow> Rows)
    {
        public static World Of(int seed)
        {
            var random = new Random(seed);
            var back = random.Next(3) == 0;
            var channels =
                Codes.Select(
                    code => Given.Way(code, code[1] - '0', "mobile bank",
                        areas: random.Next(3) == 0 ? "NE001 NE003*" : "") with
                    {
                        Abilities = random.Next(3) == 0 ? Given.ByHand : Given.Abilities,
                        Provider = code + "-provider",
                        Hours = random.Next(3) == 0 ? new OpeningHours(
                    [new OpeningWindow([random.Next(2) == 0 ? "sun" : "mon"], "06:00", "20:00")]) : null,
                    }).ToArray();
            var table =
                Table([.. new[] { "*", "NE00*", "NE003*", "NE001" }.Where(area => area == "*" || random.Next(2) == 0)
                    .Select(area => Row(area, random))]);
            List<(RuleKind, string, int, Rule)> rules =
                [(RuleKind.FundingSource, "donor", 1, new FundingSource("donor", random.Next(1, 3), "x"))];
            rules.AddRange(
                Codes.Where(_ => random.Next(4) == 0)
                    .Select(code => (RuleKind.Constraint, code, 1,
                        (Rule)new Constraint(code, Areas[random.Next(3)], "*", "*", Sources[random.Next(2)], "x"))));
            rules.AddRange(Codes.Where(_ => random.Next(4) == 0)
                .Select(code => (RuleKind.Decline, code, 1,
                    (Rule)new Decline(code, [],
                        [.. Enumerable.Range(0, 5).Select(_ => RuleGiven.Obligation(random.Next(120)).ToString())],
                        "x"))));
            var book =
                new RuleSet(
                    rules.Select(
                        rule => new RuleEntry(
                            rule.Item1, rule.Item2, rule.Item3, rule.Item4, "ada@government", Given.At)));
            var facts =
                RuleGiven.Map(
                    table, back
                        ? [Given.Overlay("t1-a t1-b", id: new SwitchId(Guid.CreateVersion7(Given.At.AddDays(-1))))]
                        : [], book, channels);
            var scope =
                new SwitchScope("psn", Given.Cycle, [], back ? ["t2-c", "t2-d"] : ["t1-a", "t1-b"], back ? 1 : 2,
                    back && random.Next(2) == 0 ? random.Next(1, 100) : null);
            var overlay =
                new Overlay(Given.Swi, "psn", Given.Cycle, new HashSet<string>(), scope.FromChannels.ToHashSet(),
                    scope.ToTrack)
                { PilotPercent = scope.PilotPercent };
            return new World(
                facts.Under(overlay),
                scope,
                rules,
                [
                    .. Enumerable.Range(0, 120).Select(number =>
                        RuleGiven.Row(number, Areas[random.Next(3)], random.Next(4) == 0 ? "bank" : "mobile",
                            Sources[random.Next(2)], 100 * random.Next(1, 4))).OrderBy(row => row.Obligation.Value),
                ]);
        }

        private static TableRow Row(string area, Random random)
        {
            var channels = Codes.OrderBy(_ => random.Next()).ToList();
            var part = random.Next(0, 101);
            return new TableRow(
                area,
                "*",
                "*",
                channels,
                random.Next(2) == 0
                    ? null : new Dictionary<string,
                        int>
                    { ["t1-a"] = part, ["t1-b"] = 100 - part, ["t2-c"] = 100 - part, ["t2-d"] = part },
                random.Next(2) == 0 ? null : Codes.Where(_ => random.Next(2) == 0).Append("t2-c").Distinct()
                    .ToDictionary(code => code,
                        _ => new Ceiling(random.Next(0, 60), random.Next(2) == 0 ? null : random.Next(0, 6_000),
                            random.Next(2) == 0 ? null : random.Next(0, 60))),
                random.Next(2) == 0 ? null : TableRow.Next);
        }

        /// <summary>As Payments counts, told by what it is told to tell apart.</summary>
        public DispositionCount Count()
        {
            var by = Under.GroupingFor("psn");
            var lines = Rows.Select(row => (Key: (
                    row.Area, row.Instrument, row.FundingSource,
                    Draws.PartOf(Draws.Point(row.Obligation, Draw.Share), by.ShareBoundaries),
                    Draws.PartOf(Draws.Point(row.Obligation, Draw.Pilot), by.PilotBoundaries),
                    Named: by.Obligations.Contains(row.Obligation) ? row.Obligation : (ObligationId?)null,
                    Minor: by.WithRowOfEachObligation ? row.AmountMinor : 0), Row: row))
                .ToList();
            var keys = lines.Select(line => line.Key).Distinct().ToList();
            return new DispositionCount("aa", Rows.Count, Rows.Sum(row => row.AmountMinor),
            [
                .. keys.Select(key => (Key: key, Of: lines.Where(line => line.Key == key).ToList()))
                    .Select(one => new DispositionCountLine(
                    one.Key.Area, Word.Read<Instrument>(one.Key.Instrument)!.Value,
                    Scope.FromChannels[0], CountedState.Withdrawn, false, null,
                    one.Of.Count, one.Of.Sum(line => line.Row.AmountMinor))
                {
                    FundingSource = one.Key.FundingSource!,
                    ShareFrom = one.Key.Item4,
                    PilotFrom = one.Key.Item5,
                    Named = one.Key.Named,
                }),
            ])
            {
                Order = by.WithRowOfEachObligation ? [.. lines.Select(line => keys.IndexOf(line.Key))] : null,
            };
        }

        /// <summary>As the router answers: chunk by chunk, over the room that the chunks before have left.</summary>
        public List<(ChunkRow Row, Route Route)> Move()
        {
            var counters = new Dictionary<string, UsedAmount>();
            List<(ChunkRow, Route)> routed = [];
            foreach (var chunk in Rows.Chunk(50))
            {
                var usage = new CeilingUsage(counters, []);
                var router = new ChunkRouter(Under, "psn", Given.Cycle, Under.Terms with { Now = Given.At }, usage);
                routed.AddRange(chunk.Select(row => (row, router.Route(row))));
                foreach (var (key, taken) in usage.ChangedCounters)
                {
                    counters[key] = taken;
                }
            }

            return routed;
        }
    }
#pragma warning restore CA5394
}
