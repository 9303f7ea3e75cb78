using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>The actions of the audit chain that requests record. Each has the name of its feature.</summary>
public sealed partial class The_audit_words
{
    /// <summary>Actions that tell more than their feature's name: the outcome of a decision, or a part of it.</summary>
    private static readonly IReadOnlyDictionary<string, string[]> Outcomes = new Dictionary<string, string[]>
    {
        ["AbortSwitch"] = ["vote-abort-switch"],
        ["CastVote"] = ["approve-switch"],
        ["CertifyBatch"] = ["sign-certificate"],
        ["DecideIncident"] = ["agree-on-incident"],
        ["DecideForcedMove"] = ["agree-on-forced-move"],
        ["GetTranche"] = ["disclose-tranche"],
        ["RehearseSwitch"] = ["ask-rehearsal"],
    };

    [Fact]
    public void Of_a_request_are_the_name_of_its_feature()
    {
        var recorded = Directory.EnumerateFiles(Path.Combine(Repository.Root, "services"), "*.cs",
                SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "gateway"), "*.cs",
                SearchOption.AllDirectories))
            .Where(path => path.Contains($"{Path.DirectorySeparatorChar}Features{Path.DirectorySeparatorChar}",
                StringComparison.Ordinal))
            .SelectMany(path => Actions(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path))).ToList();

        recorded.Should().HaveCountGreaterThan(40);
        recorded.Where(one => !IsNamed(one.Feature, one.Action)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("CreateUser", "await audit.RecordAsync(actor, \"add-user\", name, new { }, cancel);")]
    [InlineData("CreateUser", "await audit.RecordAsync(\n    actor,\n    \"users-created\", name, cancel);")]
    public void Are_held_by_a_rule_that_bites(string feature, string text) =>
        Actions(feature, text).Should().ContainSingle(one => !IsNamed(one.Feature, one.Action));

    private static bool IsNamed(string feature, string action) =>
        string.Equals(action, WordStart().Replace(feature, "-$0"), StringComparison.OrdinalIgnoreCase)
        || (Outcomes.TryGetValue(feature, out var outcomes) && outcomes.Contains(action));

    private static IEnumerable<(string Feature, string Action)> Actions(string feature, string text) =>
        Recorded().Matches(text).Select(match => (feature, match.Groups["action"].Value));

    [GeneratedRegex(@"(?<=[a-z])[A-Z]")]
    private static partial Regex WordStart();

    [GeneratedRegex(@"\.(?:RecordAsync|DoneAsync)\([^;""]*""(?<action>[a-z]+(?:-[a-z]+)+)""")]
    private static partial Regex Recorded();
}
