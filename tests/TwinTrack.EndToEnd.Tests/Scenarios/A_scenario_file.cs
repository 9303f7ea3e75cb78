using TwinTrack.Proving.Scenarios;
using TwinTrack.Proving.Scenarios.Language;

namespace TwinTrack.EndToEnd.Tests.Scenarios;

public sealed class A_scenario_file
{
    public static TheoryData<string> Examples => [.. Grammar.Table.Select(verb => verb.Example)];

    public static TheoryData<string> Shipped => [.. ShippedScenarios.Names];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Takes_the_example_of_each_verb_by_that_verb_alone(string example) =>
        Readers(example).Should().ContainSingle().Which.Example.Should().Be(example);

    [Theory]
    [MemberData(nameof(Shipped))]
    public void That_is_shipped_can_be_read_and_expects_something(string name)
    {
        var (scenario, faults) = ShippedScenarios.Read(name);

        faults.Should().BeEmpty();
        scenario!.Lines.Count(line => line.Step is Expectation).Should().BeGreaterThan(4);
        ShippedScenarios.TitleOf(name).Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("households 5", "'5': expected a whole number from 100 to 20000")]
    [InlineData("households many", "'many': expected a whole number from 100 to 20000")]
    [InlineData("households", "the end of the line: expected a whole number from 100 to 20000")]
    [InlineData("households 200 or so", "'or': expected the end of the line")]
    [InlineData("provider t1-mom refuses 2 % of payments", "'t1-mom': expected t1-momo, t1-bank, t1-cash or t2-agency")]
    [InlineData("provider t1-momo refuses 2 of payments", "'2': expected a share such as 30 %")]
    [InlineData("provider t1-momo refuses 120 % of payments", "'120': expected a share such as 30 %")]
    [InlineData("switch areas NE003, NE9 from track 1 to track 2 because no_access",
        "'NE9': expected everything, or areas of NE001 to NE008, with commas between them")]
    [InlineData("switch everything from track 3 to track 2 because no_access",
        "'3': expected track 1, track 2, t1-momo, t1-bank, t1-cash or t2-agency")]
    [InlineData("switch everything from track 1 to track 2 because we_want_to",
        "'we_want_to': expected funds_suspended, disrupted, no_access, security or saturated")]
    [InlineData("suspend track 1 because closed", "'closed': expected a text between quotes of 1 to 200 characters")]
    [InlineData("suspend track 1 because \"closed", "'\"': expected a text between quotes of 1 to 200 characters")]
    [InlineData("expect paidTwice",
        "the end of the line: expected a number, with <, >, <= or >= before it if it is a bound")]
    [InlineData("expect paidTwice => 3", "'>': expected a number, with <, >, <= or >= before it if it is a bound")]
    public void Is_refused_by_line_and_word_and_what_was_expected(string line, string fault)
    {
        var (scenario, faults) = ScenarioParser.Parse("wrong", $"# a comment\n\n{line}\n");

        scenario.Should().BeNull();
        faults.Should().ContainSingle().Which.ToString().Should().Be("line 3: " + fault);
    }

    [Fact]
    public void Is_told_every_verb_when_a_line_begins_with_none() =>
        ScenarioParser.Parse("wrong", "fly away").Faults.Should().ContainSingle().Which.Problem
            .Should().StartWith("'fly': expected 'households' or ").And.Contain("'switch'").And.Contain("'expect'");

    [Fact]
    public void Is_refused_whole_with_all_its_faults_when_one_line_is_wrong()
    {
        var (scenario, faults) = ScenarioParser.Parse(
            "wrong", "seed x\npay the cycle\nhouseholds 300\nfinish the cycles\n");

        scenario.Should().BeNull();
        faults.Select(fault => fault.Line).Should().Equal(1, 3, 4);
    }

    [Theory]
    [InlineData("pay the cycle", 0, "no line 'finish the cycle'")]
    [InlineData("finish the cycle", 0, "no line 'pay the cycle'")]
    [InlineData("pay the cycle;pay the cycle;finish the cycle", 2, "a second time")]
    [InlineData("pay the cycle;seed 3;finish the cycle", 2, "before anything is done")]
    [InlineData("seed 3;seed 4;pay the cycle;finish the cycle", 2, "said before: line 1")]
    [InlineData("channel t1-momo sends 3 payments a second;channel t1-momo sends 4 payments a second;pay the "
        + "cycle;finish the cycle", 2, "said before: line 1")]
    [InlineData("suspend track 1 because \"too early\";pay the cycle;finish the cycle", 1,
        "expected after 'pay the cycle'")]
    [InlineData("pay the cycle;expect paidTwice 0;finish the cycle", 2, "expected after 'finish the cycle'")]
    [InlineData("pay the cycle;plan the next cycle;finish the cycle", 2, "expected after 'finish the cycle'")]
    [InlineData("pay the cycle;finish the cycle;suspend track 1 because \"too late\"", 3,
        "expected before 'finish the cycle'")]
    [InlineData("pay the cycle;finish the cycle;expect next cycle over track 1 > 1", 3,
        "expected after 'plan the next cycle'")]
    [InlineData("pay the cycle;provider t1-momo falls silent;finish the cycle", 3, "silent since line 2")]
    [InlineData("pay the cycle;provider t1-momo comes back;finish the cycle", 2, "has not fallen silent")]
    public void Is_refused_when_its_lines_stand_in_an_order_that_makes_no_sense(
        string lines, int line, string problem) =>
        ScenarioParser.Parse("wrong", lines.Replace(';', '\n')).Faults.Should()
            .Contain(fault => fault.Line == line && fault.Problem.Contains(problem));

    [Fact]
    public void Is_bounded_in_length()
    {
        ScenarioParser.Parse("long", new string('#', ScenarioParser.CharactersMax + 1)).Faults.Should()
            .ContainSingle().Which.Problem.Should().Contain("characters");
        ScenarioParser.Parse("long", new string('\n', ScenarioParser.LinesMax)).Faults.Should()
            .ContainSingle().Which.Problem.Should().Contain("lines");
        ScenarioParser.Parse("long", "# " + new string('x', ScenarioParser.LineMax)).Faults.Should()
            .ContainSingle().Which.Line.Should().Be(1);
        ScenarioParser.Parse(
            "long", "pay the cycle\n"
                + string.Concat(Enumerable.Repeat("when nothing moves\n", ScenarioParser.StepsMax))
                + "finish the cycle").Faults
            .Should().ContainSingle().Which.Problem.Should().Contain("steps");
    }

    [Fact]
    public void Whatever_it_holds_is_read_or_refused_and_never_throws()
    {
#pragma warning disable CA5394 // A repeatable random is wanted here.
        var random = new Random(20260801);
        var words = Grammar.Table.SelectMany(verb => verb.Example.Split(' '))
            .Concat(["\"", "#", "%", ",", "=", "é", "\t", "\0", "99999999999999999999", "-1", "''"]).ToArray();
        for (var round = 0; round < 3_000; round++)
        {
            var text =
                string.Concat(
                    Enumerable.Range(0, random.Next(1, 40))
                        .Select(_ => words[random.Next(words.Length)] + (random.Next(8) == 0 ? "\n" : " ")));
            var (scenario, faults) = ScenarioParser.Parse("any", text);
            (scenario is null).Should().Be(faults.Count > 0, text);
        }
#pragma warning restore CA5394
    }

    [Theory]
    [InlineData("=", 3, 3, true)]
    [InlineData("=", 3, 4, false)]
    [InlineData("<", 3, 2, true)]
    [InlineData("<", 3, 3, false)]
    [InlineData(">", 3, 4, true)]
    [InlineData(">", 3, 3, false)]
    [InlineData("<=", 3, 3, true)]
    [InlineData("<=", 3, 4, false)]
    [InlineData(">=", 3, 3, true)]
    [InlineData(">=", 3, 2, false)]
    public void Measures_what_is_found(string sign, long number, long found, bool holds) =>
        new Measure(sign, number).Holds(found).Should().Be(holds);

    /// <summary>The rows of the grammar that read the line, each asked alone.</summary>
    private static IEnumerable<Verb> Readers(string line) =>
        Grammar.Table.Where(verb => ScenarioParser.Fits(verb, line));
}
