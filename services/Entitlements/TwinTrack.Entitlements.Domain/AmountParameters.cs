using TwinTrack.Kernel;

namespace TwinTrack.Entitlements.Domain;

/// <summary>
/// One version of a programme's amount rule. It never changes. A cycle names the version that calculated its amounts.
/// </summary>
public sealed record AmountParameters(BaseAmount Base, IReadOnlyList<TopUp> TopUps)
{
    /// <summary>Component name of <see cref="Base"/>.</summary>
    public const string BaseComponent = "base";

    private const int TopUpsMax = 20;
    private const int AreasMax = 1_000;
    private const int NameMax = 40;

    /// <summary>
    /// Minor units. Far above any transfer in any currency, and low enough that sums of a cycle cannot overflow.
    /// </summary>
    private const long AmountMaxMinor = 1_000_000_000_000;

    /// <summary>The same parameters, or the first reason why they cannot be used.</summary>
    public Result<AmountParameters> Check()
    {
        var refusal = CheckBase() ?? TopUps.Select(CheckTopUp).FirstOrDefault(no => no is not null) ?? CheckNames();
        return refusal is null ? this : refusal;
    }

    private Refusal? CheckBase() => Base switch
    {
        _ when !IsName(Base.FundingSource) =>
            No("funding_source", $"A funding source has 1 to {NameMax} letters, digits, '-' or '_'."),
        _ when !IsAmount(Base.BaseMinor) || !IsAmount(Base.PerMemberMinor) =>
            No("amount", "An amount is not below zero, and not absurdly high."),
        _ when Base.BaseMinor + Base.PerMemberMinor == 0 => No("nothing_due", "The base component must pay something."),
        _ when Base.MembersMax is < 1 or > AmountRule.MembersMax =>
            No("members_max", $"At least 1 and at most {AmountRule.MembersMax} members can count."),
        _ when Base.CapMinor is { } cap && (cap <= 0 || !IsAmount(cap)) => No("cap", "A cap is above zero."),
        _ => null,
    };

    private static Refusal? CheckTopUp(TopUp topUp) => topUp switch
    {
        _ when !IsName(topUp.Name) || topUp.Name == BaseComponent =>
            No("top_up_name", $"A top-up's name has 1 to {NameMax} letters, digits, '-' or '_', and is not 'base'."),
        _ when !IsName(topUp.FundingSource) =>
            No("funding_source", $"A funding source has 1 to {NameMax} letters, digits, '-' or '_'."),
        _ when !IsAmount(topUp.AmountMinor) || !IsAmount(topUp.PerChildUnder5Minor) =>
            No("amount", "An amount is not below zero, and not absurdly high."),
        _ when topUp.AmountMinor + topUp.PerChildUnder5Minor == 0 => No("nothing_due", "A top-up must pay something."),
        _ when topUp.MinChildrenUnder5 is < 0 or > AmountRule.MembersMax =>
            No("children_min", "A least number of children is not below zero."),
        _ when topUp.Areas.Count > AreasMax || topUp.Areas.Any(string.IsNullOrWhiteSpace) =>
            No("areas", $"At most {AreasMax} areas, each a P-code."),
        _ => null,
    };

    private Refusal? CheckNames() =>
        TopUps.Count > TopUpsMax
            || TopUps.Select(topUp => topUp.Name).Distinct(StringComparer.Ordinal).Count() != TopUps.Count
            ? No("top_ups", $"At most {TopUpsMax} top-ups, each with a name of its own.")
            : null;

    private static bool IsAmount(long minor) => minor is >= 0 and <= AmountMaxMinor;

    private static bool IsName(string? text) =>
        text is { Length: >= 1 and <= NameMax }
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static Refusal No(string what, string reason) => new($"parameters.{what}", reason, RefusalKind.Invalid);
}

/// <summary>The component that every household gets.</summary>
/// <param name="BaseMinor">Minor units for the household.</param>
/// <param name="PerMemberMinor">Minor units for each member that counts.</param>
/// <param name="MembersMax">At most this many members count.</param>
/// <param name="CapMinor">The component is never more than this; null for no cap.</param>
/// <param name="FundingSource">Code of the source that pays it, such as <c>treasury</c>.</param>
public sealed record BaseAmount(long BaseMinor, long PerMemberMinor, int MembersMax, long? CapMinor,
    string FundingSource);

/// <summary>A further component that some households get.</summary>
/// <param name="AmountMinor">Minor units for the household.</param>
/// <param name="PerChildUnder5Minor">Minor units for each child younger than five.</param>
/// <param name="Areas">P-codes of the areas where it is due, matched exactly; empty means everywhere.</param>
/// <param name="MinChildrenUnder5">Due from this many children younger than five.</param>
/// <param name="EndsOn">The last day on which it is due; null for no end.</param>
public sealed record TopUp(
    string Name,
    long AmountMinor,
    long PerChildUnder5Minor,
    IReadOnlyList<string> Areas,
    int MinChildrenUnder5,
    string FundingSource,
    DateOnly? EndsOn);
