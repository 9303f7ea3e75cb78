namespace TwinTrack.Architecture.Tests;

/// <summary>An answer of 404 has a refusal. It says what was found and what to do next.</summary>
public sealed class The_answers
{
    /// <summary>A caller of these two is not a user. A text would help a stranger to guess secrets.</summary>
    private static readonly string[] Silent = ["ReceiveCallback.cs", "ReceiveChannelCallback.cs"];

    [Fact]
    public void Of_404_have_a_refusal_but_for_callbacks() =>
        The_repository.Files(Path.Combine(Repository.Root, "services"))
            .Concat(The_repository.Files(Path.Combine(Repository.Root, "gateway")))
            .Where(path => path.Contains($"{Path.DirectorySeparatorChar}Features{Path.DirectorySeparatorChar}",
                StringComparison.Ordinal))
            .Where(path => IsBare(File.ReadAllText(path))).Select(Path.GetFileName).Should().BeEquivalentTo(Silent);

    [Theory]
    [InlineData("return TypedResults.NotFound();", true)]
    [InlineData(": Results.NotFound(new { id });", true)]
    [InlineData("return PaymentRefusals.UnknownBatch.ToProblem();", false)]
    public void Of_404_are_seen_when_they_are_bare(string source, bool bare) => IsBare(source).Should().Be(bare);

    private static bool IsBare(string source) => source.Contains("Results.NotFound(", StringComparison.Ordinal);
}
