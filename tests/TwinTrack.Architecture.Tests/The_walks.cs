using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>docs/internals/architecture.md: a payment and a switch, file by file.</summary>
public sealed partial class The_walks
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "internals");

    private static readonly Step[][] Walks =
    [
        .. File.ReadAllText(Path.Combine(Folder, "architecture.md")).Split("\n## ").Skip(1)
            .Select(section => section.Split('\n').Select(Read).OfType<Step>().ToArray())
            .Where(steps => steps.Length > 0),
    ];

    private sealed record Step(string Service, string File, string Takes, string Happens, string Sends, string Tables)
    {
        public string Text => System.IO.File.ReadAllText(Path.Combine(Folder, File));

        public override string ToString() => Path.GetFileName(File);
    }

    private static IEnumerable<Step> Steps => Walks.SelectMany(walk => walk);

    [Fact]
    public void Are_of_a_payment_and_of_a_switch() =>
        Walks.Select(walk => walk.Length).Should().HaveCount(2).And.OnlyContain(steps => steps > 15);

    [Fact]
    public void Of_a_switch_is_of_eight_messages_at_most() =>
        Walks[1].SelectMany(step => Names(step.Sends)).Distinct().Should().HaveCountLessThanOrEqualTo(8);

    [Fact]
    public void Name_files_that_exist() =>
        Steps.Where(step => !File.Exists(Path.Combine(Folder, step.File))
            || !step.File.Contains($"services/{step.Service}/", StringComparison.Ordinal)).Should().BeEmpty();

    [Fact]
    public void Name_what_stands_in_the_files() =>
        Steps.SelectMany(step => NotIn(step.Text, step.Takes + step.Happens + step.Sends)
            .Select(name => $"{step}: {name}")).Should().BeEmpty();

    [Fact]
    public void Name_tables_of_the_service()
    {
        var tables = Steps.Select(step => step.Service).Distinct().ToDictionary(service => service, service =>
            string.Concat(Directory.EnumerateFiles(
                Path.Combine(Repository.Root, "services", service, $"TwinTrack.{service}", "Persistence"), "*.cs")
                .Select(File.ReadAllText)));

        Steps.SelectMany(step => Names(step.Tables)
            .Where(name => !tables[step.Service].Contains($"\"{name}\"", StringComparison.Ordinal))
            .Select(name => $"{step}: {name}")).Should().BeEmpty();
    }

    [Fact]
    public void Take_only_messages_that_a_step_sends()
    {
        var sent = Steps.SelectMany(step => Names(step.Sends)).ToHashSet();

        Steps.SelectMany(step => Names(step.Takes)).Where(name => !sent.Contains(name)).Should().BeEmpty();
        sent.Except(Steps.SelectMany(step => Names(step.Takes))).Should().BeEmpty("somebody takes what is sent");
    }

    [Fact]
    public void Would_be_wrong_with_a_name_that_is_not_in_the_file() =>
        NotIn("class CreateBatch", "Starts `PlanBatchJob` for `CreateBatch`.").Should().Equal("PlanBatchJob");

    private static IEnumerable<string> NotIn(string text, string words) =>
        Names(words).Where(name => !Regex.IsMatch(text, $@"\b{name}\b"));

    private static IEnumerable<string> Names(string cell) => Name().Matches(cell).Select(name => name.Groups[1].Value);

    private static Step? Read(string line) => Row().Match(line) is { Success: true } row
        ? new Step(row.Groups["service"].Value, row.Groups["file"].Value, row.Groups["takes"].Value,
            row.Groups["happens"].Value, row.Groups["sends"].Value, row.Groups["tables"].Value)
        : null;

    [GeneratedRegex(@"^\| \d+ \| (?<service>\w+) \| \[\w+\]\((?<file>[^)]+)\) "
        + @"\|(?<takes>[^|]*)\|(?<happens>[^|]*)\|(?<sends>[^|]*)\|(?<tables>[^|]*)\|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z_]+)`")]
    private static partial Regex Name();
}
