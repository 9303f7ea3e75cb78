using TwinTrack.Proving.Mutation;
using TwinTrack.Proving.Systems;

namespace TwinTrack.EndToEnd.Tests;

public sealed class A_mutation_report
{
    [Fact]
    public void Counts_what_was_noticed_of_what_was_tried()
    {
        string[] statuses = ["Killed", "Killed", "Timeout", "Survived", "NoCoverage", "Ignored", "CompileError"];
        var mutants = statuses.Select((status, index) => Invariant($$"""
            { "location": { "start": { "line": {{index + 1}}, "column": 1 } }, "mutatorName": "Equality mutation",
              "replacement": ">=", "status": "{{status}}" }
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
    public void In_which_nothing_was_noticed_says_that_the_tests_were_not_reached()
    {
        var missed = new Mutant("Router.cs", 1, "Equality mutation", ">=", "Survived");

        new MutationReport("Routing", [missed]).ReachedTests.Should().BeFalse();
        new MutationReport("Routing", [missed, missed with { Status = "Killed" }]).ReachedTests.Should().BeTrue();
        new MutationReport("Routing", []).ReachedTests.Should().BeTrue();
    }

    [Fact]
    public void Is_of_a_copy_that_follows_the_sources()
    {
        var sources = Directory.CreateTempSubdirectory("twintrack-copy-").FullName;
        File.WriteAllText(Path.Combine(sources, "same.cs"), "1");
        File.WriteAllText(Path.Combine(sources, "gone.cs"), "1");
        var copy = SourcesCopy.Make(sources, "copy");
        var kept = File.GetLastWriteTimeUtc(Path.Combine(copy, "same.cs"));
        File.WriteAllText(Path.Combine(copy, "changed.cs"), "weakened");
        File.Delete(Path.Combine(sources, "gone.cs"));
        File.WriteAllText(Path.Combine(sources, "changed.cs"), "2");

        SourcesCopy.Make(sources, "copy").Should().Be(copy);

        Directory.EnumerateFiles(copy).Select(file => Path.GetFileName(file)).Should()
            .BeEquivalentTo("same.cs", "changed.cs");
        File.ReadAllText(Path.Combine(copy, "changed.cs")).Should().Be("2");
        File.GetLastWriteTimeUtc(Path.Combine(copy, "same.cs")).Should().Be(kept, "only what has changed is built");
        Directory.Delete(sources, recursive: true);
    }
}
