using System.Text.RegularExpressions;

namespace TwinTrack.Providers.Sample.Tests;

/// <summary>docs/internals/adding-a-provider.md quotes regions of real files; here both are compared.</summary>
public sealed partial class The_worked_example
{
    private const string Page = "docs/internals/adding-a-provider.md";

    private static readonly string Root = FindRoot(AppContext.BaseDirectory);

    [Fact]
    public void Quotes_its_code_as_it_is_compiled()
    {
        var page = File.ReadAllText(Path.Combine(Root, Page));
        var quotes = Quote().Matches(page);

        quotes.Count.Should().Be(page.Split("```csharp").Length - 1, "every block names its file and region");
        foreach (Match quote in quotes)
        {
            quote.Groups["code"].Value.Should()
                .Be(Region(quote.Groups["file"].Value, quote.Groups["region"].Value), quote.Groups["file"].Value);
        }
    }

    [Fact]
    public void Quotes_every_file_of_the_adapter()
    {
        var page = File.ReadAllText(Path.Combine(Root, Page));

        Directory.EnumerateFiles(Path.Combine(Root, "tests/TwinTrack.Providers.Sample"), "*.cs")
            .Select(file => Path.GetFileName(file)!)
            .Should().OnlyContain(file => page.Contains($"TwinTrack.Providers.Sample/{file}#"));
    }

    private static string Region(string file, string region)
    {
        var text = File.ReadAllText(Path.Combine(Root, file));
        var (begin, end) = ($"// <{region}>\n", $"// </{region}>");
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        from.Should().BePositive($"{file} has the region {region}");
        var until = text.IndexOf(end, from, StringComparison.Ordinal);
        return text[(from + begin.Length)..text.LastIndexOf('\n', until)];
    }

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "TwinTrack.sln")) ? folder
            : FindRoot(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!);

    [GeneratedRegex(@"<!-- from (?<file>[^#]+)#(?<region>[a-z-]+) -->\n```csharp\n(?<code>.*?)\n```",
        RegexOptions.Singleline)]
    private static partial Regex Quote();
}
