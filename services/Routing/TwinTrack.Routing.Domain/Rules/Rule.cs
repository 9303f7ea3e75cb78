using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Rules;

/// <summary>The kinds of rules. The word is part of each rule's name.</summary>
public enum RuleKind
{
    Constraint,
    Agreement,
    AgreementPolicy,
    Assessment,
    AssessmentPolicy,
    Access,
    Decline,
    FundingSource,
    FundingCrossing,
    Portability,
    Readiness,
    Confirmation,
}

/// <summary>One version of a rule. A change makes the next version.</summary>
public abstract record Rule
{
    protected const int TextMax = 500;

    /// <summary>The word for everyone, everywhere, everything.</summary>
    public const string Any = "*";

    /// <summary>
    /// The areas that the rule applies to, as <see cref="AreaPattern"/>; null where it may apply to any area.
    /// </summary>
    public virtual IReadOnlyList<string>? AreasOf() => null;

    /// <summary>Why the rule is not valid; null when it is.</summary>
    public abstract string? Fault();

    protected static bool IsText(string? text) => text is { Length: >= 1 and <= TextMax };

    protected static bool AreAreas(IReadOnlyList<string>? areas) =>
        areas is { Count: >= 1 and <= ChannelTerms.AreasMax } && areas.All(AreaPattern.IsValid);
}

/// <summary>A rule under its name, which every refusal quotes.</summary>
/// <param name="Id">Chosen by the person who set it first.</param>
/// <param name="Version">From 1.</param>
/// <param name="By">The person who set this version.</param>
public sealed record NamedRule<T>(RuleKind Kind, string Id, int Version, T Rule, string By, DateTimeOffset At)
    where T : Rule
{
    /// <summary>The name in quotes: <c>constraint C-7 v2</c>.</summary>
    public string Name => RuleEntry.NameOf(Kind, Id, Version);

    public string Quote(string text) => $"{Name}: {text}";
}

/// <summary>One payment and one channel that might pay it.</summary>
/// <param name="Day">Today, UTC.</param>
public sealed record RouteCandidate(RouteRequest Request, RouteChannel Channel, DateOnly Day)
{
    /// <summary>
    /// Whether the word means the channel: its code, its provider or its track. <c>*</c> means every partner, and no
    /// government channel.
    /// </summary>
    public bool IsPartner(string word) =>
        word == Rule.Any ? Channel.Track == Track.Aligned : word == Channel.Code || word == Channel.Provider;

    /// <summary>
    /// The data that a payment over the channel would disclose. All fields, while the channel has not declared them.
    /// </summary>
    public IReadOnlyList<DataField> Discloses => Channel.Abilities?.DisclosedFields ?? Enum.GetValues<DataField>();

    public bool IsFunding(string word) => word == Rule.Any || word == Request.FundingSource;

    public bool IsIn(string pattern) => AreaPattern.Covers(pattern, Request.Area);
}
