using System.Text.Json;
using TwinTrack.Proving.Scenarios;

namespace TwinTrack.EndToEnd.Tests.Scenarios;

/// <summary>
/// Every shipped scenario: one in a process of its own, as a person runs it, and the others in one process. The one is
/// a copy with a line more, which is not so.
/// </summary>
public sealed class ScenarioRuns : IAsyncLifetime
{
    internal const string Mistaken = "one-region";
    internal const string Mistake = "expect settledTrack2 > 100000";

    private readonly Dictionary<string, JsonElement> _totals = [];

    /// <summary>The scenario with the mistake.</summary>
    internal CommandLine Alone { get; private set; } = null!;

    internal CommandLine Together { get; private set; } = null!;

    /// <summary>What one of those in one process came to; undefined when it printed no totals.</summary>
    internal JsonElement this[string name] => _totals.GetValueOrDefault(name);

    public async ValueTask InitializeAsync()
    {
        // What a failed run leaves for people to look at is not to be left by a test.
        var work = Directory.CreateTempSubdirectory("twintrack-scenarios-");
        var copy = Path.Combine(work.FullName, Mistaken + ".txt");
        await File.WriteAllTextAsync(copy, ShippedScenarios.Text(Mistaken) + Mistake + "\n");
        var environment = new Dictionary<string, string> { ["TMPDIR"] = work.FullName };
        Together = await CommandLine.RunAsync(
            environment,
            ["scenario", "run", .. ShippedScenarios.Names.Where(name => name != Mistaken), "--json"]);
        Alone = await CommandLine.RunAsync(environment, "scenario", "run", copy, "--json");
        foreach (var line in Together.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var totals = JsonSerializer.Deserialize<JsonElement>(line);
            _totals.Add(totals.GetProperty("scenario").GetString()!, totals);
        }

        work.Delete(recursive: true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class Shipped_scenarios(ScenarioRuns runs) : IClassFixture<ScenarioRuns>
{
    [Theory]
    [InlineData("niger-2023")]
    [InlineData("operator-saturating")]
    [InlineData("frozen-treasury")]
    [InlineData("resumption-halfway")]
    [InlineData("silent-operator")]
    [InlineData("no-access")]
    [InlineData("late-coverage")]
    [InlineData("suspended-twice")]
    [InlineData("suspended-areas")]
    public void Hold_in_every_sum_and_every_expectation(string name)
    {
        var totals = runs[name];

        totals.ValueKind.Should().Be(JsonValueKind.Object, runs.Together.All);
        totals.GetProperty("expects").EnumerateArray().Should()
            .NotBeEmpty().And.OnlyContain(one => one.GetProperty("holds").GetBoolean());
        totals.GetProperty("fails").EnumerateArray().Should().BeEmpty();
        totals.GetProperty("paidTwice").GetInt64().Should().Be(0);
        totals.GetProperty("lost").GetInt64().Should().Be(0);
        totals.GetProperty("ledgerSum").GetInt64().Should().Be(0);
    }

    [Fact]
    public void That_expect_one_false_thing_end_with_1_and_name_only_its_line_and_finding()
    {
        var line = runs.Alone;
        var last = ShippedScenarios.Text(ScenarioRuns.Mistaken)!.Split('\n').Length;

        line.Code.Should().Be(1, line.All);
        var wrong = line.Json.GetProperty("expects").EnumerateArray().Where(NotSo).Should()
            .ContainSingle(line.All).Subject;
        wrong.GetProperty("line").GetInt32().Should().Be(last);
        line.Json.GetProperty("fails").EnumerateArray().Should().ContainSingle(line.All).Which.GetString()
            .Should()
            .Be(Invariant($"line {last}: {ScenarioRuns.Mistake}: found {wrong.GetProperty("found").GetInt64()}"));
    }

    [Fact]
    public void Are_all_run_here_and_their_exit_code_is_0()
    {
        ShippedScenarios.Names.Where(name => name != ScenarioRuns.Mistaken).Should()
            .OnlyContain(name => runs[name].ValueKind == JsonValueKind.Object, runs.Together.All);
        runs.Together.Code.Should().Be(0, runs.Together.All);
    }

    [Fact]
    public async Task That_cannot_be_read_are_not_run()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "pay the cycle\nswitch nothing\n");

        var line = await CommandLine.RunAsync(new Dictionary<string, string>(), "scenario", "run", file);

        File.Delete(file);
        line.Code.Should().Be(2, line.All);
        line.Errors.Should()
            .Be("line 2: 'nothing': expected everything, or areas of NE001 to NE008, with commas between them\n");
        line.Output.Should().BeEmpty();
    }

    private static bool NotSo(JsonElement one) => !one.GetProperty("holds").GetBoolean();
}
