using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>
/// The names of types, members, parameters and locals. A metaphor does not say what a value is. An answer, the facts, a
/// capacity do.
/// </summary>
public sealed partial class The_identifiers
{
    /// <summary>Refused as a whole name; "room" and "map" are parts of good names, such as StatusMap.</summary>
    private static readonly HashSet<string> Whole =
        ["said", "told", "heard", "room", "rooms", "map", "maps", "takings", "pulse", "dice"];

    /// <summary>Refused as a part of a name too.</summary>
    private static readonly HashSet<string> Parts = ["said", "told", "heard", "takings", "pulse", "dice"];

    /// <summary>Names that must stay, each with the reason.</summary>
    private static readonly Dictionary<string, string> Stay = new()
    {
        ["Map"] = "ASP.NET's verb: the method that adds endpoints to the routes, as in MapGet",
    };

    [Fact]
    public void Say_what_a_value_is()
    {
        var files = new[] { "services", "gateway" }
            .SelectMany(folder => Directory.EnumerateFiles(
                Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.EndsWith(".g.cs", StringComparison.Ordinal)
                && !path.Contains("/obj/", StringComparison.Ordinal)).ToList();

        files.Should().HaveCountGreaterThan(500);
        files.SelectMany(path => Refused(File.ReadAllText(path)).Distinct()
                .Select(name => $"{Path.GetRelativePath(Repository.Root, path)}: {name}")).Should()
            .BeEmpty("name the value for what it is: the answer, the facts, the capacity, the usage, the connection");
    }

    [Fact]
    public void Exist_where_a_comment_refers_to_them()
    {
        var texts = new[] { "services", "gateway", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(
                Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .ToDictionary(path => Path.GetRelativePath(Repository.Root, path), File.ReadAllText);
        var known = texts.Values.SelectMany(text => Word().Matches(DocComment().Replace(text, "")))
            .Select(word => word.Value).ToHashSet();

        texts.SelectMany(file => Reference().Matches(file.Value)
                .SelectMany(reference => Word().Matches(reference.Groups[1].Value))
                .Where(word => !known.Contains(word.Value)).Select(word => $"{file.Key}: {word.Value}")).Should()
            .BeEmpty("a comment that refers to an old name misleads its reader");
    }

    [Theory]
    [InlineData("var said = 1;", "said")]
    [InlineData("private readonly List<int> _heard = [];", "_heard")]
    [InlineData("public const int SaidMax = 1;", "SaidMax")]
    [InlineData("Of(RoutingFacts map)", "map")]
    [InlineData("rows.Where(told => told)", "told")]
    [InlineData("sealed class Room;", "Room")]
    [InlineData("(string A, Answer Said)", "Said")]
    [InlineData("$\"{rooms}\"", "rooms")]
    [InlineData("string Map;", "Map")]
    public void Are_refused_where_they_are_metaphors(string code, string name) =>
        Refused(code).Distinct().Should().Equal(name);

    [Theory]
    [InlineData("// What the provider said.")]
    [InlineData("/* room */")]
    [InlineData("\"no_room\"")]
    [InlineData("\"\"\"he said \"no\", told us\"\"\"")]
    [InlineData("@\"said \"\"no\"\" room\"")]
    [InlineData("$\"said {answer} told\"")]
    [InlineData("var statusMap = StatusMap.Of(mapping);")]
    [InlineData("ListGates.Map(routes); internal static void Map(IEndpointRouteBuilder routes)")]
    public void Are_not_refused_in_texts_and_in_good_names(string code) => Refused(code).Should().BeEmpty();

    private static IEnumerable<string> Refused(string source) =>
        Identifier().Matches(Text().Replace(source, Holes)).Where(match => IsRefused(match.Groups["name"].Value)
            && !(Stay.ContainsKey(match.Value) && match.Groups["call"].Success)).Select(match => match.Value);

    private static bool IsRefused(string name) => Whole.Contains(name.ToLowerInvariant())
        || Part().Matches(name).Any(part => Parts.Contains(part.Value.ToLowerInvariant()));

    /// <summary>A text has no identifiers, except between the braces of an interpolated text.</summary>
    private static string Holes(Match text) => text.Value.StartsWith('$')
        ? " " + string.Join(' ', Hole().Matches(text.Value).Select(hole => hole.Value)) + " " : " ";

    [GeneratedRegex(@"(?<![\w#])_?(?<name>[A-Za-z]\w*)(?=(?<call>\()?)")]
    private static partial Regex Identifier();

    [GeneratedRegex("[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")]
    private static partial Regex Part();

    [GeneratedRegex(@"\{[^{}""]*\}")]
    private static partial Regex Hole();

    /// <summary>Texts and comments: raw, verbatim and common texts, both kinds of comment, characters.</summary>
    [GeneratedRegex(
        "\\$*(\"{3,}).*?\\1|(?:\\$@|@\\$|@)\"(?:[^\"]|\"\")*\"|\\$?\"(?:\\\\.|[^\"\\\\\\n])*\"|//[^\\n]*|/\\*.*?\\*/"
            + "|'(?:\\\\.|[^'\\\\\\n])+'",
        RegexOptions.Singleline)]
    private static partial Regex Text();

    [GeneratedRegex("///.*", RegexOptions.CultureInvariant)]
    private static partial Regex DocComment();

    [GeneratedRegex("cref=\"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
