using TwinTrack.Kernel;

namespace TwinTrack.Entitlements.Domain;

/// <summary>How much a household is due. The same household, parameters and day always give the same answer.</summary>
public static class AmountRule
{
    /// <summary>A household with more people is an error in the registry.</summary>
    public const int MembersMax = 1_000;

    /// <summary>The components of a household, the base first, or a refusal. Each component is above zero.</summary>
    /// <param name="household">A row of the caseload.</param>
    /// <param name="parameters">Checked parameters.</param>
    /// <param name="asOf">The cycle's day.</param>
    public static Result<IReadOnlyList<DueComponent>> Calculate(
        CaseloadHousehold household, AmountParameters parameters, DateOnly asOf)
    {
        if (Unusable(household) is { } refusal)
        {
            return refusal;
        }

        try
        {
            var basis = Base(household, parameters.Base);
            if (basis.AmountMinor <= 0)
            {
                return new Refusal("amount.not_positive",
                    "The amount rule gives this household nothing. Check the parameters of the programme.");
            }

            return new Result<IReadOnlyList<DueComponent>>.Ok(
                [basis, .. parameters.TopUps.Where(topUp => IsDue(topUp, household, asOf))
                    .Select(topUp => Extra(household, topUp)).Where(extra => extra.AmountMinor > 0)]);
        }
        catch (OverflowException)
        {
            return new Refusal("amount.overflow",
                "The amount is too large to calculate. Check the parameters of the programme.");
        }
    }

    private static Refusal? Unusable(CaseloadHousehold household) => household switch
    {
        { Members: < 1 } => new("household.no_members",
            "The household has no members. Correct the registry."),
        { Members: > MembersMax } =>
            new("household.too_many_members",
                $"The household has more than {MembersMax} members. Correct the registry."),
        { ChildrenUnder5: < 0 } => new("household.children",
            "The number of children is below zero. Correct the registry."),
        _ when household.ChildrenUnder5 > household.Members =>
            new("household.children",
                "The household has more children than members. Correct the registry."),
        _ when string.IsNullOrWhiteSpace(household.Area) => new("household.no_area",
            "The household has no area. Correct the registry."),
        _ when Word.Read<Instrument>(household.Instrument) is null =>
            new("household.unknown_instrument",
                "The household has none of the instruments mobile, bank and cash. Correct the registry."),
        _ => null,
    };

    private static DueComponent Base(CaseloadHousehold household, BaseAmount rule)
    {
        List<WorkedLine> lines =
        [
            WorkedLine.Of("base", 1, rule.BaseMinor),
            WorkedLine.Of("member", Math.Min(household.Members, rule.MembersMax), rule.PerMemberMinor),
        ];
        if (rule.CapMinor is { } cap && Sum(lines) is var sum && sum > cap)
        {
            lines.Add(WorkedLine.Of("cap", 1, cap - sum));
        }

        return Component(AmountParameters.BaseComponent, rule.FundingSource, lines);
    }

    private static bool IsDue(TopUp topUp, CaseloadHousehold household, DateOnly asOf) =>
        (topUp.EndsOn is null || asOf <= topUp.EndsOn)
        && (topUp.Areas.Count == 0 || topUp.Areas.Contains(household.Area, StringComparer.Ordinal))
        && household.ChildrenUnder5 >= topUp.MinChildrenUnder5;

    private static DueComponent Extra(CaseloadHousehold household, TopUp topUp) => Component(
        topUp.Name,
        topUp.FundingSource,
        [WorkedLine.Of("top_up", 1, topUp.AmountMinor),
            WorkedLine.Of("child_under_5", household.ChildrenUnder5, topUp.PerChildUnder5Minor)]);

    /// <summary>Lines with a sum of zero are left out.</summary>
    private static DueComponent Component(string name, string fundingSource, IEnumerable<WorkedLine> lines)
    {
        var telling = lines.Where(line => line.SumMinor != 0).ToArray();
        return new DueComponent(name, fundingSource, Sum(telling), telling);
    }

    /// <summary>Checked arithmetic: an overflow throws, and the caller turns it into a refusal.</summary>
    private static long Sum(IEnumerable<WorkedLine> lines) => lines.Aggregate(0L, (sum, line) => sum + line.SumMinor);
}
