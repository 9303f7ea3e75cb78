using System.Text.RegularExpressions;
using TwinTrack.Platform.Observability;

namespace TwinTrack.Services.Tests.Operations;

/// <summary>
/// A rule about a metric that does not exist never fires. An alert without a runbook does not say what to do.
/// </summary>
[Collection(WatchedTests.Name)]
public sealed partial class The_alerts(WatchedCycle cycle)
{
    private static readonly string[] NotOurs = ["up"];

    private static string Root { get; } = FindRoot();

    private static string Rules => File.ReadAllText(Path.Combine(Root, "charts", "twintrack", "alerts", "rules.yaml"));

    private static string Runbooks => File.ReadAllText(Path.Combine(Root, "docs", "operating", "alerts.md"));

    [Fact]
    public void Each_have_a_runbook_and_each_runbook_an_alert()
    {
        var alerts = Alert().Matches(Rules).Select(match => match.Groups[1].Value).ToList();
        var runbooks = Heading().Matches(Runbooks).Select(match => match.Groups[1].Value).ToList();

        alerts.Should().HaveCountGreaterThan(10).And.OnlyHaveUniqueItems();
        runbooks.Should().BeEquivalentTo(alerts);
        Anchor().Matches(Rules).Select(match => match.Groups[1].Value).Should()
            .Equal(alerts.Select(alert => alert.ToLowerInvariant()), "each points at its own runbook");
    }

    [Fact]
    public void Name_only_metrics_and_labels_that_are_emitted()
    {
        var emitted = cycle.Metrics.Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();
        var named = Series().Matches(Expressions())
            .Select(match => (Name: match.Groups[1].Value, Labels: match.Groups[2].Value))
            .Where(one => !NotOurs.Contains(one.Name)).Distinct().ToList();

        named.Should().HaveCountGreaterThan(8);
        foreach (var (name, labels) in named)
        {
            var lines = emitted.Where(line => line.StartsWith(name + "{", StringComparison.Ordinal)).ToList();
            lines.Should().NotBeEmpty($"a rule names {name}");
            foreach (var label in Label().Matches(labels).Where(match => match.Groups[2].Value != "!=\"\"")
                .Select(match => match.Groups[1].Value))
            {
                lines.Should().Contain(line => line.Contains(label + "=", StringComparison.Ordinal),
                    $"a rule asks {name} for {label}");
            }
        }
    }

    [Fact]
    public void Every_metric_of_ours_is_explained()
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "operating", "metrics.md"));

        typeof(MetricNames).GetFields().Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)).Should().BeEmpty();
    }

    private static string Expressions() =>
        string.Join('\n', Expression().Matches(Rules).Select(match => Grouping().Replace(match.Value, "")));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TwinTrack.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No TwinTrack.sln above the tests.");
    }

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex Alert();

    [GeneratedRegex(@"^## (\w+)", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"alerts\.md#(\w+)")]
    private static partial Regex Anchor();

    [GeneratedRegex(@"expr:.*?(?=\n\s+(for|labels):)", RegexOptions.Singleline)]
    private static partial Regex Expression();

    /// <summary>What is grouped by is a label, not a metric.</summary>
    [GeneratedRegex(@"\bby \([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\b((?:twintrack|http|messaging|dotnet)_\w+|up)\b(\{[^}]*\})?")]
    private static partial Regex Series();

    [GeneratedRegex(@"(\w+)\s*((?:=~|!=|=)""[^""]*"")")]
    private static partial Regex Label();
}
