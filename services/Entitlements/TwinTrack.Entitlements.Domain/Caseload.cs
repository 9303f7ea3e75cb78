namespace TwinTrack.Entitlements.Domain;

/// <summary>A household of the caseload without personal data: the input of the amount rule.</summary>
/// <param name="Area">P-code of the household's area.</param>
/// <param name="Instrument">How it can be paid: mobile, bank or cash.</param>
/// <param name="Members">People in the household, from 1 to 1,000.</param>
/// <param name="ChildrenUnder5">Members younger than five years on the cycle's day.</param>
public sealed record CaseloadHousehold(string Area, string Instrument, int Members, int ChildrenUnder5);

/// <summary>One component of a household's amount, with its calculation.</summary>
/// <param name="AmountMinor">Minor units, above zero: the sum of <paramref name="Lines"/>.</param>
public sealed record DueComponent(string Name, string FundingSource, long AmountMinor, IReadOnlyList<WorkedLine> Lines);

/// <summary>One line of a calculation, shown to people who ask "why this amount?".</summary>
/// <param name="Text">Key of the line's wording: base, member, cap, top_up or child_under_5.</param>
/// <param name="UnitMinor">Minor units for one; negative on a cap.</param>
/// <param name="SumMinor"><paramref name="Quantity"/> times <paramref name="UnitMinor"/>.</param>
public sealed record WorkedLine(string Text, int Quantity, long UnitMinor, long SumMinor)
{
    public static WorkedLine Of(string text, int quantity, long unitMinor) =>
        new(text, quantity, unitMinor, quantity * unitMinor);
}
