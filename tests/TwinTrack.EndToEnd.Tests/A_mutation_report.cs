using TwinTrack.Proving.Mutation;

namespace TwinTrack.EndToEnd.Tests;

public sealed class A_mutation_report
{
    [Fact]
    public void Counts_what_was_noticed_of_what_was_tried()
    {
        string[] statuses = ["Killed", "Killed", "Timeout", "Survived", "NoCoverage", "Ignored", "CompileError"];
        var mutants = statuses.Select((status, index) => Invariant($$"""
            { "location": { "start": { "line": {{index + 1}}, "column": 1 } }, "mutatorName": "Equality mutation",
              "replacement": ">=", "status": "{{status}}", "static": {{(index == 6 ? "true" : "false")}} }
            """));
        var report = MutationReport.Read("Routing", $$"""
            { "files": { "/copy/Router.cs": { "mutants": [{{string.Join(',', mutants)}}] } } }
            """);

        report.Score.Should().Be(60);
        report.ReachedTests.Should().BeTrue();
        report.Mutants.Where(mutant => mutant.IsMissed).Select(mutant => (mutant.File, mutant.Line)).Should()
            .Equal(("Router.cs", 4), ("Router.cs", 5));
    }

    [Fact]
    public void Does_not_count_a_static_field_that_was_made_before_the_change()
    {
        var noticed = new Mutant("Router.cs", 1, "Equality mutation", ">=", "Killed");
        var made = noticed with { Status = "Survived", IsStatic = true };

        var report = new MutationReport("Routing", [noticed, noticed with { IsStatic = true }, made]);

        (report.Noticed, report.Missed, report.NotReached, report.Score).Should().Be((2, 0, 1, 100));
    }

    [Fact]
    public void In_which_nothing_was_noticed_says_that_the_tests_were_not_reached()
    {
        var missed = new Mutant("Router.cs", 1, "Equality mutation", ">=", "Survived");

        new MutationReport("Routing", [missed]).ReachedTests.Should().BeFalse();
        new MutationReport("Routing", [missed, missed with { Status = "Killed" }]).ReachedTests.Should().BeTrue();
        new MutationReport("Routing", []).ReachedTests.Should().BeTrue();
    }
}
