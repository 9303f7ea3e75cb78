using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>The names of types, held to the words of the glossary.</summary>
public sealed partial class The_glossary
{
    /// <summary>Code that speaks of the world around TwinTrack, or that others generate.</summary>
    private static readonly string[] Excused =
        ["/Proving/", "/Cli/", "/Clients/", "/Running/", "/TwinTrack.Simulators/", "/Migrations/"];

    private static readonly ILookup<string, string> Sections = Read();

    private static readonly HashSet<string> Heads = [.. Sections["domain"].Concat(Sections["technical"])
        .Concat(Sections["proper"]).Select(word => word.Split(' ', '-')[^1])];

    [Fact]
    public void Has_the_head_noun_of_every_type() =>
        Declared("services", "gateway").Where(type => type.Depth == 0 && !Excused.Any(type.Path.Contains))
            .Where(type => !Knows(type.Name)).Select(type => $"{type.Path}: {type.Name}").Should().BeEmpty(
                "the last word of a name must be in glossary.txt: take one that is there, or add it with its meaning");

    [Fact]
    public void Says_why_a_type_name_is_declared_twice() =>
        Declared("services", "gateway", "tests")
            .Where(type => !type.Path.Contains("/Migrations/", StringComparison.Ordinal))
            .GroupBy(type => type.Name)
            .Where(same => IsTwice(same.ToList()) && !Sections["twice"].Contains(same.Key))
            .Select(same => $"{same.Key}: {string.Join(" and ", same.Select(type => type.Path))}").Should().BeEmpty(
                "one meaning has one name: rename one of the types, or say in glossary.txt why both are right");

    [Fact]
    public void Has_each_word_once() =>
        Sections["domain"].Concat(Sections["technical"]).Should().OnlyHaveUniqueItems()
            .And.HaveCountGreaterThan(200);

    [Theory]
    [InlineData("PaymentOrder", true)]
    [InlineData("ListSwitches", true)]
    [InlineData("ChannelAbilities", true)]
    [InlineData("BatchNotClosed", true)]
    [InlineData("ProviderHearing", false)]
    [InlineData("DoorOpened", false)]
    [InlineData("StatementDesk", false)]
    public void Refuses_a_metaphor(string name, bool known) => Knows(name).Should().Be(known);

    [Fact]
    public void Sees_the_second_declaration_of_a_name()
    {
        Type[] types = [new("services/A/Money.cs", "Money", 0, false), new("services/B/Money.cs", "Money", 1, false)];

        IsTwice(types).Should().BeTrue();
        IsTwice(types[..1]).Should().BeFalse();
        IsTwice([
            .. types.Select(
                type => type with { Path = $"services/A/{type.Name}{(type.Depth == 0 ? "" : "2")}.cs",
                    Partial = true })]).Should()
            .BeFalse("a partial type is one type");
    }

    private static bool Knows(string name)
    {
        var words = Word().Matches(name).Select(match => match.Value.ToLowerInvariant()).ToList();
        while (words.Count > 1 && !Heads.Contains(words[^1])
            && (words[^1].EndsWith("ed", StringComparison.Ordinal) || words[^1] is "withdrawn" or "not"))
        {
            // A past participle makes a fact of the noun before it: BatchNotClosed is about a batch.
            words.RemoveAt(words.Count - 1);
        }

        var head = words[^1];
        return Heads.Contains(head) || (head.EndsWith('s') && Heads.Contains(head[..^1]))
            || (head.EndsWith("es", StringComparison.Ordinal) && Heads.Contains(head[..^2]))
            || (head.EndsWith("ies", StringComparison.Ordinal) && Heads.Contains(head[..^3] + "y"));
    }

    private static bool IsTwice(IReadOnlyList<Type> same) =>
        same.Select(type => type.Partial ? Path.GetDirectoryName(type.Path) : type.Path).Distinct().Count() > 1;

    private static IEnumerable<Type> Declared(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(
            Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Select(path => (Name: Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), Full: path))
        .Where(file => !file.Name.EndsWith(".g.cs", StringComparison.Ordinal)
            && !file.Name.Contains("/obj/", StringComparison.Ordinal))
        .SelectMany(file => Declaration().Matches(File.ReadAllText(file.Full)).Select(match => new Type(
            file.Name, match.Groups["name"].Value, match.Groups["indent"].Length,
            match.Groups["modifiers"].Value.Contains("partial", StringComparison.Ordinal))));

    private static ILookup<string, string> Read()
    {
        var section = "";
        var words = new List<(string Section, string Word)>();
        foreach (var line in File.ReadLines(Path.Combine(
            Repository.Root, "services/Proving/TwinTrack.Proving/Documents/glossary.txt")))
        {
            if (line.StartsWith('#'))
            {
                section = line[2..];
                continue;
            }

            var names = section is "twice" or "proper" ? line.Split(':')[0].Split(", ") : [line.Split(':')[0]];
            words.AddRange(names.Select(name => (section, section == "proper" ? name.ToLowerInvariant() : name)));
        }

        return words.ToLookup(row => row.Section, row => row.Word);
    }

    private sealed record Type(string Path, string Name, int Depth, bool Partial);

    [GeneratedRegex(@"[A-Z][a-z0-9]*|[A-Z]+(?![a-z])")]
    private static partial Regex Word();

    [GeneratedRegex(
        @"^(?<indent> *)(?<modifiers>(?:(?:public|internal|private|protected|static|sealed|abstract|partial|readonly"
            + @"|file|ref) )*)(?:class|record struct|record|struct|enum|interface) (?<name>[A-Z]\w*)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
