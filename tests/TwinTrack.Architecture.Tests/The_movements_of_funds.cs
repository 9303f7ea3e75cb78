using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>
/// One class stores a movement of a fund and publishes it. A second writer could forget the message, and the ledger
/// would differ from the funds.
/// </summary>
public sealed partial class The_movements_of_funds
{
    private const string Writer = "FundMovementWriter.cs";

    [Fact]
    public void Have_one_writer() =>
        Directory.EnumerateFiles(
            Path.Combine(Repository.Root, "services", "Payments"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                StringComparison.Ordinal))
            .Where(path => Writes().IsMatch(File.ReadAllText(path))).Select(Path.GetFileName).Should().Equal(Writer);

    [Theory]
    [InlineData("db.FundMovements.Add(new FundMovement")]
    [InlineData("outbox.Send(new FundMovementRecorded(id))")]
    [InlineData("db.FundMovements.Add(row)")]
    public void Have_a_rule_that_bites(string text) => Writes().IsMatch(text).Should().BeTrue();

    [GeneratedRegex(@"new FundMovement(Recorded)?\b|\bFundMovements\s*\.(Add|Execute)")]
    private static partial Regex Writes();
}
