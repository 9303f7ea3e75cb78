using System.Text.RegularExpressions;

namespace TwinTrack.Architecture.Tests;

/// <summary>
/// One class writes the state of an instruction and the claim on its obligation. A second writer could forget the
/// claim, the version, or what Reconciliation must be told.
/// </summary>
public sealed partial class The_state_of_an_instruction
{
    private const string Writer = "InstructionStateWriter.cs";
    private static readonly string Payments = Path.Combine(Repository.Root, "services", "Payments");

    /// <summary>Writers of the state of something else. Whoever adds a new writer lists it here.</summary>
    private static readonly string[] OfOtherStates =
    [
        "CheckReceivedCycleJob.cs: 1", "DeliverEventsJob.cs: 1", "EnableSubscriber.cs: 1", "ReplayDeliveries.cs: 1",
    ];

    private static readonly (string Name, string Text)[] Files =
    [
        .. Directory.EnumerateFiles(Payments, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path.GetFileName(path), File.ReadAllText(path))),
    ];

    [Fact]
    public void Is_set_in_one_place() =>
        Files.Where(file => SetsState().IsMatch(file.Text))
            .Select(file => $"{file.Name}: {SetsState().Count(file.Text)}").Should()
            .BeEquivalentTo([.. OfOtherStates, $"{Writer}: 1"]);

    [Fact]
    public void Cannot_be_set_on_an_object() =>
        Files.Single(file => file.Name == "Instruction.cs").Text.Should()
            .Contain("public InstructionState State { get; private set; }");

    [Fact]
    public void Comes_with_its_claim() =>
        Files.Where(file => WritesClaims().IsMatch(file.Text)).Select(file => file.Name).Should().Equal(Writer);

    [Theory]
    [InlineData("set => set.SetProperty(row => row.State, InstructionState.Settled)")]
    [InlineData("set.SetProperty(\n    plan => plan.State, next)")]
    [InlineData("db.Database.ExecuteSqlAsync($\"UPDATE payments.instructions SET state = 'Sent'\")")]
    [InlineData("UPDATE instructions SET state = 'Sent'")]
    public void Has_a_rule_that_bites(string text) => SetsState().IsMatch(text).Should().BeTrue();

    [Theory]
    [InlineData("new ObligationClaim { }")]
    [InlineData("db.Claims.Where(claim => ids.Contains(claim.ObligationId))\n    .ExecuteDeleteAsync(cancel);")]
    public void Has_a_rule_on_claims_that_bites(string text) => WritesClaims().IsMatch(text).Should().BeTrue();

    [Fact]
    public void Has_a_rule_on_claims_that_lets_other_writes_ask_for_them() => WritesClaims()
        .IsMatch("db.Obligations.Where(row => !db.Claims.Any(claim => claim.Id == row.Id)).ExecuteUpdateAsync(set)")
        .Should().BeFalse();

    [GeneratedRegex(@"SetProperty\(\s*(\w+) => \1\.State\b|(?i:update\s+(payments\.)?""?instructions\b)")]
    private static partial Regex SetsState();

    [GeneratedRegex(@"new ObligationClaim\b|\.Claims\s*(\.Where\((?>[^()]|\((?<d>)|\)(?<-d>))*\)\s*)*\.Execute(Delete|Update)")]
    private static partial Regex WritesClaims();
}
