using TwinTrack.Entitlements.Domain;

namespace TwinTrack.Domain.Tests.Entitlements;

public sealed class Amount_parameters
{
    private const long AmountMax = 1_000_000_000_000;

    private static readonly BaseAmount Base = new(15_000, 2_500, 8, 32_000, "treasury");
    private static readonly TopUp Flood = new("flood", 5_000, 300, ["NE001"], 0, "partner-fund", null);

    [Theory]
    [InlineData(0, 1, "")]
    [InlineData(1, 0, "")]
    [InlineData(1, 1, "")]
    [InlineData(AmountMax, AmountMax, "")]
    [InlineData(0, 0, "parameters.nothing_due")]
    [InlineData(-1, 1, "parameters.amount")]
    [InlineData(1, -1, "parameters.amount")]
    [InlineData(AmountMax + 1, 1, "parameters.amount")]
    [InlineData(1, AmountMax + 1, "parameters.amount")]
    public void Pay_for_the_household_or_for_each_member(long household, long member, string code) =>
        Code(Base with { BaseMinor = household, PerMemberMinor = member }).Should().Be(code);

    [Theory]
    [InlineData(1, "")]
    [InlineData(1_000, "")]
    [InlineData(0, "parameters.members_max")]
    [InlineData(-1, "parameters.members_max")]
    [InlineData(1_001, "parameters.members_max")]
    public void Count_one_to_a_thousand_members(int membersMax, string code) =>
        Code(Base with { MembersMax = membersMax }).Should().Be(code);

    [Theory]
    [InlineData(null, "")]
    [InlineData(1L, "")]
    [InlineData(AmountMax, "")]
    [InlineData(0L, "parameters.cap")]
    [InlineData(-1L, "parameters.cap")]
    [InlineData(AmountMax + 1, "parameters.cap")]
    public void Have_no_cap_or_one_above_zero(long? cap, string code) =>
        Code(Base with { CapMinor = cap }).Should().Be(code);

    [Theory]
    [InlineData("t", true)]
    [InlineData("Partner-fund_2", true)]
    [InlineData("1234567890123456789012345678901234567890", true)]
    [InlineData("12345678901234567890123456789012345678901", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("a b", false)]
    [InlineData("a:b", false)]
    [InlineData("trésor", false)]
    public void Name_sources_and_top_ups_in_one_to_forty_plain_characters(string? name, bool accepted)
    {
        Code(Base with { FundingSource = name! }).Should().Be(accepted ? "" : "parameters.funding_source");
        Code(Flood with { FundingSource = name! }).Should().Be(accepted ? "" : "parameters.funding_source");
        Code(Flood with { Name = name! }).Should().Be(accepted ? "" : "parameters.top_up_name");
    }

    [Theory]
    [InlineData("base", "parameters.top_up_name")]
    [InlineData("Base", "")]
    public void Keep_the_name_of_the_base_for_the_base(string name, string code) =>
        Code(Flood with { Name = name }).Should().Be(code);

    [Theory]
    [InlineData(0, 1, "")]
    [InlineData(1, 0, "")]
    [InlineData(1, 1, "")]
    [InlineData(AmountMax, AmountMax, "")]
    [InlineData(0, 0, "parameters.nothing_due")]
    [InlineData(-1, 1, "parameters.amount")]
    [InlineData(1, -1, "parameters.amount")]
    [InlineData(AmountMax + 1, 1, "parameters.amount")]
    [InlineData(1, AmountMax + 1, "parameters.amount")]
    public void Pay_a_top_up_for_the_household_or_its_children(long household, long child, string code) =>
        Code(Flood with { AmountMinor = household, PerChildUnder5Minor = child }).Should().Be(code);

    [Theory]
    [InlineData(0, "")]
    [InlineData(1_000, "")]
    [InlineData(-1, "parameters.children_min")]
    [InlineData(1_001, "parameters.children_min")]
    public void Ask_for_no_more_children_than_a_household_can_have(int children, string code) =>
        Code(Flood with { MinChildrenUnder5 = children }).Should().Be(code);

    [Theory]
    [InlineData(0, "")]
    [InlineData(1_000, "")]
    [InlineData(1_001, "parameters.areas")]
    public void Name_at_most_a_thousand_areas_for_a_top_up(int areas, string code) =>
        Code(Flood with { Areas = [.. Enumerable.Range(0, areas).Select(number => Invariant($"NE{number}"))] })
            .Should().Be(code);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Name_no_area_without_a_code(string area) =>
        Code(Flood with { Areas = ["NE001", area] }).Should().Be("parameters.areas");

    [Theory]
    [InlineData(0, "")]
    [InlineData(20, "")]
    [InlineData(21, "parameters.top_ups")]
    public void Have_at_most_twenty_top_ups(int topUps, string code) =>
        Code(Base, [.. Enumerable.Range(0, topUps).Select(number => Flood with { Name = Invariant($"t{number}") })])
            .Should().Be(code);

    [Fact]
    public void Give_each_top_up_a_name_of_its_own()
    {
        Code(Base, [Flood, Flood with { Name = "Flood" }]).Should().BeEmpty();
        Code(Base, [Flood, Flood with { AmountMinor = 1 }]).Should().Be("parameters.top_ups");
    }

    [Fact]
    public void That_are_wrong_in_many_ways_tell_the_first_in_reading_order()
    {
        var bad = Flood with { MinChildrenUnder5 = -1 };

        Code(Base with { MembersMax = 0 }, [bad, bad]).Should().Be("parameters.members_max");
        Code(Base, [Flood with { Name = "a" }, bad, bad]).Should().Be("parameters.children_min");
        Code(Base, [bad, Flood with { Name = "base" }]).Should().Be("parameters.children_min");
    }

    [Fact]
    public void That_are_good_are_given_back_unchanged()
    {
        var parameters = new AmountParameters(Base, [Flood]);

        parameters.Check().Match(good => good, _ => null!).Should().BeSameAs(parameters);
    }

    private static string Code(BaseAmount basis) => Code(basis, [Flood]);

    private static string Code(TopUp topUp) => Code(Base, [topUp]);

    private static string Code(BaseAmount basis, TopUp[] topUps) =>
        new AmountParameters(basis, topUps).Check().Match(_ => "", refusal => refusal.Code);
}
