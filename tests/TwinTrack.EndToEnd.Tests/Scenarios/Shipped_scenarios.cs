using System.Text.Json;

namespace TwinTrack.EndToEnd.Tests.Scenarios;

/// <summary>Every shipped scenario as a person runs it, and one that is wrong on purpose; two at a time, because much of a run is waiting.</summary>
public sealed class ScenarioRuns : IAsyncLifetime
{
    private const int AtOnce = 2;

    /// <summary>All its sums hold, and what it expects is not so.</summary>
    private const string Mistaken = """
        households 100
        channel t1-momo sends 200 payments a second
        pay the cycle
        when nothing moves
        expect settledTrack1 > 50
        expect settledTrack2 > 7
        finish the cycle
        expect paidTwice 0
        """;

    private static readonly string[] Names = ["frozen-treasury", "niger-2023", "resumption-halfway", "operator-saturating", "one-region"];

    private readonly Dictionary<string, CommandLine> _lines = [];

    internal CommandLine this[string name] => _lines[name];

    public async Task InitializeAsync()
    {
        var mistaken = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".txt");
        await File.WriteAllTextAsync(mistaken, Mistaken);
        using var turn = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(Names.Append(mistaken).Select(async name =>
        {
            await turn.WaitAsync();
            try
            {
                var line = await CommandLine.RunAsync(new Dictionary<string, string>(), "scenario", "run", name, "--json");
                lock (_lines)
                {
                    _lines[name == mistaken ? nameof(Mistaken) : name] = line;
                }
            }
            finally
            {
                turn.Release();
            }
        }));
        File.Delete(mistaken);
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

public sealed class Shipped_scenarios(ScenarioRuns runs) : IClassFixture<ScenarioRuns>
{
    [Theory]
    [InlineData("niger-2023")]
    [InlineData("one-region")]
    [InlineData("operator-saturating")]
    [InlineData("frozen-treasury")]
    [InlineData("resumption-halfway")]
    public void Hold_in_every_sum_and_every_expectation(string name)
    {
        var line = runs[name];

        line.Code.Should().Be(0, line.All);
        line.Json.GetProperty("scenario").GetString().Should().Be(name);
        line.Json.GetProperty("expects").EnumerateArray().Should().NotBeEmpty().And.OnlyContain(one => one.GetProperty("holds").GetBoolean());
        line.Json.GetProperty("paidTwice").GetInt64().Should().Be(0);
        line.Json.GetProperty("lost").GetInt64().Should().Be(0);
        line.Json.GetProperty("ledgerSum").GetInt64().Should().Be(0);
    }

    [Fact]
    public void That_expect_what_is_not_so_end_with_1_and_name_line_and_value()
    {
        var line = runs["Mistaken"];

        line.Code.Should().Be(1, line.All);
        line.Json.GetProperty("fails").EnumerateArray().Select(fail => fail.GetString()).Should().Equal("line 6: expect settledTrack2 > 7: found 0");
        line.Json.GetProperty("expects").EnumerateArray().Where(NotSo).Select(one => one.GetProperty("line").GetInt32()).Should().Equal(6);
        line.Errors.Should().Contain("NOT SO: found 0");
    }

    [Fact]
    public async Task That_cannot_be_read_are_not_run()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "pay the cycle\nswitch nothing\n");

        var line = await CommandLine.RunAsync(new Dictionary<string, string>(), "scenario", "run", file);

        File.Delete(file);
        line.Code.Should().Be(2, line.All);
        line.Errors.Should().Be("line 2: 'nothing': expected everything, or areas of NE001 to NE008, with commas between them\n");
        line.Output.Should().BeEmpty();
    }

    private static bool NotSo(JsonElement one) => !one.GetProperty("holds").GetBoolean();
}
