using TwinTrack.Entitlements.Domain;
using TwinTrack.Kernel;

namespace TwinTrack.Domain.Tests.Entitlements;

public sealed class Amount_rule
{
    private static readonly DateOnly AsOf = new(2026, 11, 1);
    private static readonly BaseAmount Base = new(15_000, 2_500, 8, 32_000, "treasury");
    private static readonly TopUp Flood = new(
        "flood", 5_000, 0, ["NE001"], 0, "partner-fund", new DateOnly(2026, 12, 31));
    private static readonly TopUp Nutrition = new("nutrition", 0, 3_000, [], 1, "partner-fund", null);

    [Fact]
    public void Four_members_get_the_base_and_four_times_the_amount_of_a_member()
    {
        var due = Due(new CaseloadHousehold("NE002", "mobile", 4, 0)).Should().ContainSingle().Subject;

        due.AmountMinor.Should().Be(25_000);
        due.Lines.Should().Equal(new WorkedLine("base", 1, 15_000, 15_000), new WorkedLine("member", 4, 2_500, 10_000));
    }

    [Fact]
    public void Members_beyond_the_greatest_number_do_not_count_and_the_cap_is_a_line_of_its_own()
    {
        var due = Due(new CaseloadHousehold("NE002", "bank", 12, 0)).Should().ContainSingle().Subject;

        due.AmountMinor.Should().Be(32_000);
        due.Lines.Should().Equal(
            new WorkedLine("base", 1, 15_000, 15_000), new WorkedLine("member", 8, 2_500, 20_000),
            new WorkedLine("cap", 1, -3_000, -3_000));
    }

    [Fact]
    public void Each_top_up_is_a_component_with_a_funding_source_of_its_own()
    {
        var due = Due(new CaseloadHousehold("NE001", "cash", 4, 2));

        due.Select(component => (component.Name, component.AmountMinor, component.FundingSource)).Should().Equal(
            ("base", 25_000L, "treasury"), ("flood", 5_000L, "partner-fund"), ("nutrition", 6_000L, "partner-fund"));
    }

    [Theory]
    [InlineData("NE002", "2026-11-01", false, "another area")]
    [InlineData("NE0011", "2026-11-01", false, "an area whose code only begins alike")]
    [InlineData("NE001", "2026-12-31", true, "its last day")]
    [InlineData("NE001", "2027-01-01", false, "the day after")]
    public void A_top_up_is_due_in_its_areas_until_its_last_day(string area, string asOf, bool due, string because) =>
        Due(new CaseloadHousehold(area, "mobile", 1, 0),
            DateOnly.Parse(asOf, System.Globalization.CultureInfo.InvariantCulture))
            .Any(component => component.Name == "flood").Should().Be(due, because);

    [Theory]
    [InlineData("NE001", "mobile", 0, 0, "household.no_members")]
    [InlineData("NE001", "mobile", 1_001, 0, "household.too_many_members")]
    [InlineData("NE001", "mobile", 2, 3, "household.children")]
    [InlineData("NE001", "mobile", 2, -1, "household.children")]
    [InlineData("", "mobile", 2, 0, "household.no_area")]
    [InlineData("NE001", "pigeon", 2, 0, "household.unknown_instrument")]
    public void A_row_that_cannot_be_calculated_is_refused_by_name(
        string area, string instrument, int members, int children, string code) =>
        Refused(new CaseloadHousehold(area, instrument, members, children),
            new AmountParameters(Base, [])).Code.Should().Be(code);

    [Fact]
    public void An_amount_too_large_to_count_is_refused_and_never_wraps() =>
        Refused(new CaseloadHousehold("NE001", "mobile", 5, 0),
            new AmountParameters(new BaseAmount(1, long.MaxValue, 8, null, "treasury"), []))
            .Code.Should().Be("amount.overflow");

    [Fact]
    public void A_rule_that_gives_nothing_is_refused() =>
        Refused(new CaseloadHousehold("NE001", "mobile", 5, 0),
            new AmountParameters(new BaseAmount(0, 0, 8, null, "treasury"), []))
            .Code.Should().Be("amount.not_positive");

    [Fact]
    public void The_lines_of_any_household_under_any_parameters_sum_to_its_amount()
    {
        for (var seed = 1; seed <= 2_000; seed++)
        {
            var random = new Random(seed);
            var basis =
                new BaseAmount(random.Next(0, 50_000), random.Next(1, 10_000), random.Next(1, 12),
                    random.Next(2) == 0 ? null : random.Next(1, 60_000), "treasury");
            var topUps = Enumerable.Range(0, random.Next(4))
                .Select(index =>
                    new TopUp(Invariant($"t{index}"), random.Next(1, 9_000), random.Next(0, 3_000), [], random.Next(3),
                        "fund",
                        null)).ToArray();
            var members = random.Next(1, 20);
            var household = new CaseloadHousehold("NE001", "mobile", members, random.Next(members + 1));

            var due = AmountRule.Calculate(household, new AmountParameters(basis, topUps), AsOf)
                .Match(ok => ok, no => throw new InvalidOperationException(no.Code));

            due.Should()
                .OnlyContain(
                component => component.AmountMinor > 0
                    && component.AmountMinor == component.Lines.Sum(line => line.SumMinor), Invariant($"seed {seed}"));
            due.SelectMany(component => component.Lines).Should()
                .OnlyContain(line => line.SumMinor == line.Quantity * line.UnitMinor, Invariant($"seed {seed}"));
            due[0].AmountMinor.Should().BeLessThanOrEqualTo(basis.CapMinor ?? long.MaxValue, Invariant($"seed {seed}"));
            due.Select(component => component.Name).Should().OnlyHaveUniqueItems(Invariant($"seed {seed}"));
        }
    }

    [Fact]
    public void Parameters_that_are_not_usable_are_refused_before_anyone_is_paid_by_them()
    {
        Code(new AmountParameters(Base, [Flood, Nutrition])).Should().BeEmpty();
        Code(new AmountParameters(Base with { BaseMinor = -1 }, [])).Should().Be("parameters.amount");
        Code(new AmountParameters(Base with { BaseMinor = 0, PerMemberMinor = 0 }, [])).Should()
            .Be("parameters.nothing_due");
        Code(new AmountParameters(Base with { MembersMax = 0 }, [])).Should().Be("parameters.members_max");
        Code(new AmountParameters(Base with { CapMinor = 0 }, [])).Should().Be("parameters.cap");
        Code(new AmountParameters(Base with { FundingSource = "a b" }, [])).Should().Be("parameters.funding_source");
        Code(new AmountParameters(Base, [Flood with { Name = "base" }])).Should().Be("parameters.top_up_name");
        Code(new AmountParameters(Base, [Flood with { AmountMinor = 0 }])).Should().Be("parameters.nothing_due");
        Code(new AmountParameters(Base, [Flood, Flood])).Should().Be("parameters.top_ups");
    }

    [Fact]
    public void A_list_has_the_same_hash_whoever_computes_it_and_only_in_order()
    {
        var one = EntitlementId.Parse("ent_00000000000000000000000000000001", null);
        var two = EntitlementId.Parse("ent_00000000000000000000000000000002", null);
        using var list = new ListHash();

        list.Add(one, 100);
        list.Add(two, 250);

        (list.Count, list.SumMinor).Should().Be((2, 350));
        list.ToHex().Should().Be(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes($"{one}|100\n{two}|250\n"))));
        list.Invoking(it => it.Add(one, 1)).Should().Throw<InvalidOperationException>();
    }

    private static IReadOnlyList<DueComponent> Due(CaseloadHousehold household, DateOnly? asOf = null) =>
        AmountRule.Calculate(household, new AmountParameters(Base, [Flood, Nutrition]), asOf ?? AsOf)
            .Match(ok => ok, refusal => throw new InvalidOperationException(refusal.Code));

    private static Refusal Refused(CaseloadHousehold household, AmountParameters parameters) =>
        AmountRule.Calculate(household, parameters, AsOf)
            .Match(_ => throw new InvalidOperationException("Not refused."), refusal => refusal);

    private static string Code(AmountParameters parameters) =>
        parameters.Check().Match(_ => "", refusal => refusal.Code);
}
