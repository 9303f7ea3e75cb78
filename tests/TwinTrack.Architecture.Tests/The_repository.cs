using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

public sealed class The_repository
{
    private static readonly string[] Skipped = ["artifacts", ".git", "data", "obj", "bin", "node_modules"];

    internal static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder)
        .Concat(Directory.EnumerateDirectories(folder).Where(child => !Skipped.Contains(Path.GetFileName(child)))
            .SelectMany(Files));

    [Fact]
    public void Keeps_its_rules_in_every_file()
    {
        var breaches = Files(Repository.Root)
            .Where(path => Path.GetFileName(path) != "RepositoryRules.cs"
                && Path.GetFileName(path) != "The_repository.cs")
            .SelectMany(
            path => RepositoryRules.Breaches(Path.GetRelativePath(Repository.Root, path), File.ReadAllText(path)));

        breaches.Should().BeEmpty();
    }

    [Fact]
    public void Has_the_folders_that_the_style_names()
    {
        var style = File.ReadAllText(Path.Combine(Repository.Root, "docs", "internals", "style.md"));

        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "services"))
            .Select(service => Path.Combine(service, $"TwinTrack.{Path.GetFileName(service)}"))
            .Where(project => File.Exists(Path.Combine(project, $"{Path.GetFileName(project)[10..]}Module.cs")))
            .SelectMany(Directory.EnumerateDirectories).Select(folder => Path.GetFileName(folder)!)
            .Where(folder => !Skipped.Contains(folder) && folder != "Properties" && !Names(style, folder))
            .Should().BeEmpty("style.md lists the folders of a service");
        Names(style, "Managers").Should().BeFalse();
    }

    private static bool Names(string style, string folder) =>
        Regex.IsMatch(style.Split("## A handler")[0], $@"\b{Regex.Escape(folder)}\b");

    [Theory]
    [InlineData("a.cs", "// TODO later")]
    [InlineData("a.cs", "throw new NotImplementedException();")]
    [InlineData("a.cs", "catch (Exception) { }")]
    [InlineData("a.md", "see /home/someone/notes")]
    [InlineData("a.csproj", "<ProjectReference Include=\"../TwinTrack.Common.csproj\" />")]
    [InlineData("a.csproj", "<Compile Include=\"../TwinTrack.Domain.Tests/A.cs\" />")]
    public void Has_rules_that_bite(string path, string text) =>
        RepositoryRules.Breaches(path, text).Should().ContainSingle();

    [Fact]
    public void Has_a_limit_on_length_that_bites() =>
        RepositoryRules.Breaches("a.cs", string.Concat(Enumerable.Repeat("//\n", RepositoryRules.LinesMax + 1)))
            .Should().ContainSingle();

    [Fact]
    public void Has_a_limit_on_columns_that_bites() =>
        RepositoryRules.Breaches("a.cs", new string('/', RepositoryRules.ColumnsMax + 1)).Should().ContainSingle();

    [Theory]
    [InlineData("tests/a.cs", 0)]
    [InlineData("services/a.cs", 1)]
    [InlineData("gateway/a.cs", 1)]
    public void Lets_only_test_data_be_wider(string path, int found)
    {
        var wide = new string('x', RepositoryRules.ColumnsMax + 1);

        RepositoryRules.Breaches(path, $"var text = \"\"\"\n{wide}\n\"\"\";").Should().HaveCount(found);
        RepositoryRules.Breaches(path, $"var text = 1; // {wide}").Should().ContainSingle();
    }

    [Fact]
    public void Gives_every_service_a_page_of_its_own()
    {
        var services = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "services"))
            .Append(Path.Combine(Repository.Root, "gateway"));

        services.Where(folder => !File.Exists(Path.Combine(folder, "README.md"))).Should()
            .BeEmpty("knowing where to start reading is half of the work");
    }

    [Fact]
    public void Has_a_readme_that_is_read_in_one_sitting() =>
        File.ReadLines(Path.Combine(Repository.Root, "README.md")).Count().Should().BeLessThan(150);
}
