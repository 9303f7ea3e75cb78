namespace TwinTrack.Architecture.Tests;

public sealed class The_plain_words
{
    private static readonly string[] Folders = ["services", "gateway", "tests"];

    private static IEnumerable<(string Path, string Text)> Sources =>
        Folders.SelectMany(folder => The_repository.Files(Path.Combine(Repository.Root, folder)))
            .Where(RepositoryRules.IsWritten)
            .Select(path => (Path.GetRelativePath(Repository.Root, path), File.ReadAllText(path)));

    [Fact]
    public void Are_in_every_comment_with_at_most_22_words_a_sentence() =>
        Sources.SelectMany(source => PlainWords.LongSentences(source.Text).Select(found => $"{source.Path}: {found}"))
            .Should().BeEmpty("one idea a sentence is understood at the first reading");

    [Fact]
    public void Are_in_every_page_with_at_most_22_words_a_sentence() =>
        The_repository.Files(Repository.Root)
            .Select(path => (Path: path, Name: Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')))
            .Where(page => PlainPages.IsPage(page.Name))
            .SelectMany(page => PlainPages.LongSentences(
                    File.ReadAllText(page.Path), cells: PlainPages.IsGenerated(page.Name))
                .Select(found => $"{page.Name}: {found}"))
            .Should().BeEmpty("a maintainer reads the pages in a second language");

    [Fact]
    public void Are_in_every_title_of_a_test_with_at_most_80_characters() =>
        Sources.SelectMany(source => PlainWords.LongTitles(source.Text).Select(found => $"{source.Path}: {found}"))
            .Should().BeEmpty("a title is read in one line");

    [Theory]
    [InlineData("// {0}.")]
    [InlineData("var a = 1; // {0}.")]
    [InlineData("/// <summary>\n/// Short. {0}.\n/// </summary>")]
    [InlineData("/// <param name=\"a\">{0}, e.g. here.</param>")]
    public void Are_missed_in_a_sentence_of_23_words(string comment)
    {
        PlainWords.LongSentences(string.Format(null, comment, Words(22))).Should().HaveCount(
            comment.Contains("e.g.", StringComparison.Ordinal) ? 1 : 0);
        PlainWords.LongSentences(string.Format(null, comment, Words(23))).Should().ContainSingle();
    }

    [Theory]
    [InlineData("// {0}.\n// {0}.")]
    [InlineData("// {0}.\n\n// {0}")]
    [InlineData("/// <param name=\"a\">{0}</param>\n/// <param name=\"b\">{0}</param>")]
    [InlineData("/// <summary>{0}. <c>a b c</c> {0}</summary>")]
    [InlineData("var text = \"// {0} {0}\";")]
    public void Are_counted_for_each_sentence(string comment) =>
        PlainWords.LongSentences(string.Format(null, comment, Words(21))).Should().BeEmpty();

    [Theory]
    [InlineData("{0}.")]
    [InlineData("Short. {0}. Short.")]
    [InlineData("* {0}.")]
    [InlineData("1. {0}.")]
    [InlineData("## Title\n{0}.\n\n    code")]
    public void Are_missed_in_a_page_with_a_sentence_of_23_words(string page)
    {
        PlainPages.LongSentences(string.Format(null, page, Words(22))).Should().BeEmpty();
        PlainPages.LongSentences(string.Format(null, page, Words(23))).Should().ContainSingle();
    }

    [Fact]
    public void Are_missed_in_a_cell_of_a_generated_page()
    {
        PlainPages.LongSentences($"| one | {Words(23)} |", cells: true).Should().ContainSingle();
        PlainPages.LongSentences($"| {Words(22)} | {Words(22)} \\| |", cells: true).Should().BeEmpty();
    }

    [Theory]
    [InlineData("docs/concepts/refusals.md", true)]
    [InlineData("docs/using/scenarios.md", true)]
    [InlineData("docs/using/rules.md", false)]
    public void Are_in_the_cells_of_the_pages_that_strings_make(string page, bool cells) =>
        (PlainPages.IsPage(page), PlainPages.IsGenerated(page)).Should().Be((true, cells));

    [Fact]
    public void Are_counted_over_the_lines_of_a_page() =>
        PlainPages.LongSentences($"* {Words(12)}\n  {Words(11)}").Should().ContainSingle();

    [Theory]
    [InlineData("* {0}\n* {0}")]
    [InlineData("{0}\n\n{0}")]
    [InlineData("{0} `one two three`")]
    [InlineData("| {0} {0} |")]
    [InlineData("# {0} {0}")]
    [InlineData("```\n{0} {0}\n```")]
    [InlineData("Run:\n\n    {0} {0}\n\n{0}.")]
    [InlineData("{0} [a](one.md#two%20three)")]
    public void Are_not_missed_in_a_page(string page) =>
        PlainPages.LongSentences(string.Format(null, page, Words(21))).Should().BeEmpty();

    [Theory]
    [InlineData("[Fact]\n    public void {0}() =>", 81, 1)]
    [InlineData("[Theory]\n    [InlineData(1)]\n    public async Task {0}(int a)", 81, 1)]
    [InlineData("[Fact]\n    public void {0}() =>", 80, 0)]
    public void Are_counted_in_a_title(string source, int letters, int found) =>
        PlainWords.LongTitles(string.Format(null, source, "A_" + new string('b', letters - 2)))
            .Should().HaveCount(found);

    private static string Words(int count) => string.Join(' ', Enumerable.Repeat("word", count));
}
