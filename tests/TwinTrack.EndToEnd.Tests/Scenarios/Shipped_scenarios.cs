using System.Text.Json;
using TwinTrack.Proving.Scenarios;

namespace TwinTrack.EndToEnd.Tests.Scenarios;

/// <summary>
/// Every shipped scenario as a person runs it; two at a time, because much of a run is waiting. One of them as a copy
/// with a line more, which is not so.
/// </summary>
public sealed class ScenarioRuns : IAsyncLifetime
{
    internal const string Mistaken = "one-region";
    internal const string Mistake = "expect settledTrack2 > 100000";

    private const int AtOnce = 2;

    private readonly Dictionary<string, CommandLine> _lines = [];

    internal CommandLine this[string name] => _lines[name];

    public async ValueTask InitializeAsync()
    {
        // What a failed run leaves for people to look at is not to be left by a test.
        var work = Directory.CreateTempSubdirectory("twintrack-scenarios-");
        var copy = Path.Combine(work.FullName, Mistaken + ".txt");
        await File.WriteAllTextAsync(copy, ShippedScenarios.Text(Mistaken) + Mistake + "\n");
        using var turn = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(ShippedScenarios.Names.Select(async name =>
        {
            await turn.WaitAsync();
            try
            {
                var environment = new Dictionary<string, string> { ["TMPDIR"] = work.FullName };
                var line = await CommandLine.RunAsync(
                    environment, "scenario", "run", name == Mistaken ? copy : name, "--json");
                lock (_lines)
                {
                    _lines[name] = line;
                }
            }
            finally
            {
                turn.Release();
            }
        }));
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
        var line = runs[name];

        line.Code.Should().Be(0, line.All);
        line.Json.GetProperty("scenario").GetString().Should().Be(name);
        line.Json.GetProperty("expects").EnumerateArray().Should()
            .NotBeEmpty().And.OnlyContain(one => one.GetProperty("holds").GetBoolean());
        line.Json.GetProperty("fails").EnumerateArray().Should().BeEmpty();
        line.Json.GetProperty("paidTwice").GetInt64().Should().Be(0);
        line.Json.GetProperty("lost").GetInt64().Should().Be(0);
        line.Json.GetProperty("ledgerSum").GetInt64().Should().Be(0);
    }

    [Fact]
    public void That_expect_one_false_thing_end_with_1_and_name_only_its_line_and_finding()
    {
        var line = runs[ScenarioRuns.Mistaken];
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
    public void Are_all_run_here() => ShippedScenarios.Names.Should().OnlyContain(name => runs[name] != null);

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
