using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Rules;

/// <summary>The rules in force. An empty set forbids nothing.</summary>
public sealed class RuleSet
{
    /// <summary>The rules in force before any rule is set.</summary>
    public static readonly RuleSet Empty = new([]);

    private readonly List<NamedRule<Constraint>> _constraints = [];
    private readonly List<NamedRule<Agreement>> _agreements = [];
    private readonly List<NamedRule<AgreementPolicy>> _agreementPolicies = [];
    private readonly List<NamedRule<Assessment>> _assessments = [];
    private readonly List<NamedRule<AssessmentPolicy>> _assessmentPolicies = [];
    private readonly Dictionary<string, NamedRule<AreaAccess>> _access = [];
    private readonly List<NamedRule<Decline>> _declines = [];
    private readonly Dictionary<string, NamedRule<FundingSource>> _sources = [];
    private readonly List<NamedRule<FundingCrossing>> _crossings = [];
    private readonly List<NamedRule<Portability>> _portability = [];
    private readonly List<NamedRule<Readiness>> _readiness = [];
    private readonly Dictionary<string, NamedRule<Confirmation>> _confirmations = [];
    private readonly HashSet<ObligationId> _named;
    private readonly IReadOnlyList<RuleEntry> _entries;

    public RuleSet(IEnumerable<RuleEntry> entries)
    {
        _entries = [.. entries.OrderBy(entry => entry.Kind).ThenBy(entry => entry.Id, StringComparer.Ordinal)];
        foreach (var entry in _entries)
        {
            Put(entry);
        }

        _named = _declines.SelectMany(decline => decline.Rule.Obligations).Select(TypedId.Parse<ObligationId>)
            .ToHashSet();
        LooksAtFunding = _sources.Count > 0 || _constraints.Exists(line => line.Rule.Funding != Rule.Any);
    }

    /// <summary>Whether a payment's funding source can change its route.</summary>
    public bool LooksAtFunding { get; }

    /// <summary>Obligations that a rule names.</summary>
    public IReadOnlyCollection<ObligationId> Named => _named;

    /// <summary>
    /// Name and version of every rule that can affect routes in one of these areas. Readiness rules are not included.
    /// </summary>
    public IEnumerable<string> NamesFor(IReadOnlyCollection<string> areas) => _entries
        .Where(entry => entry.Kind is not (RuleKind.Readiness or RuleKind.Confirmation))
        .Where(entry => entry.Rule.AreasOf() is not { } patterns
            || patterns.Any(pattern => areas.Any(area => AreaPattern.Covers(pattern, area))))
        .Select(entry => entry.Name).Order(StringComparer.Ordinal);

    /// <summary>Whether a rule names this obligation.</summary>
    public bool Names(ObligationId obligation) => _named.Contains(obligation);

    /// <summary>
    /// The first rule that forbids the channel for the payment, in the order of <see cref="RouteReason"/>; null when
    /// none does.
    /// </summary>
    public SkippedChannel? Judge(RouteCandidate one) =>
        RedLine(one) ?? Unagreed(one) ?? Unable(one) ?? Unreachable(one) ?? Declined(one) ?? Restricted(one);

    /// <summary>Warnings about the channel. They do not forbid it.</summary>
    public IEnumerable<string> Warnings(RouteCandidate one) =>
        Assessed(one).Where(judged => judged.Effect == AssessmentPolicy.Warn).Select(judged => judged.Quote);

    /// <summary>
    /// The instrument to use over the other track's channel; null when none works. Without a rule, the other channel's
    /// adapter must have declared portability.
    /// </summary>
    public Instrument? Ported(RouteChannel from, Instrument instrument, RouteChannel to)
    {
        var rules = _portability.FindAll(row => row.Rule.Speaks(from, instrument));
        return rules.Count == 0 ? (to.Abilities is { Portability: false } ? null : instrument)
            : rules.Select(row => row.Rule.Over(to))
            .FirstOrDefault(found => found is not null && to.Instruments.Contains(found.Value));
    }

    /// <summary>The current state of every readiness check of a programme and areas.</summary>
    /// <param name="areas">P-codes; empty means all.</param>
    public IReadOnlyList<CheckStanding> Readiness(
        string programme, IReadOnlyCollection<string> areas, DateTimeOffset at) =>
    [
        .. _readiness.Where(check => (check.Rule.Programme == Rule.Any || check.Rule.Programme == programme)
                && (areas.Count == 0
                    || check.Rule.Areas.Any(pattern => areas.Any(area => AreaPattern.Covers(pattern, area)))))
            .Select(check => Standing(check, at)),
    ];

    private CheckStanding Standing(NamedRule<Readiness> check, DateTimeOffset at)
    {
        var confirmation = _confirmations.GetValueOrDefault(check.Id);
        var missing = confirmation switch
        {
            null => "nobody has confirmed it",
            { Rule.Holds: false } => $"it does not hold: {confirmation.Rule.Note}",
            _ when confirmation.Rule.CheckVersion != check.Version =>
                Invariant($"confirmed for v{confirmation.Rule.CheckVersion}"),
            _ when check.Rule.ValidDays is { } days && confirmation.At.AddDays(days) < at =>
                Invariant($"confirmed more than {days} days ago"),
            _ => null,
        };
        return new CheckStanding(check.Name, check.Rule.Text, missing is null, missing, confirmation?.By,
            confirmation?.At);
    }

    private SkippedChannel? RedLine(RouteCandidate one) =>
        _constraints.Find(line => line.Rule.Forbids(one, AuthorityOf(one.Request.Area))) is { } line
            ? No(one, RouteReason.RedLine, line.Quote(line.Rule.Text)) : null;

    private SkippedChannel? Unagreed(RouteCandidate one)
    {
        var own = _agreements.FindAll(agreement => one.IsPartner(agreement.Rule.Recipient));
        var policy =
            _agreementPolicies.Find(policy => one.IsPartner(policy.Rule.Partner) && policy.Rule.Partner != Rule.Any)
            ?? _agreementPolicies.Find(policy => one.IsPartner(policy.Rule.Partner));
        if (policy is { Rule.Required: false } || (policy is null && own.Count == 0)
            || own.Exists(agreement => agreement.Rule.Lacks(one) is null))
        {
            return null;
        }

        return No(one, RouteReason.NoAgreement,
            own.Count == 0 ? policy!.Quote("there is none") : own[0].Quote(own[0].Rule.Lacks(one)!));
    }

    private SkippedChannel? Unable(RouteCandidate one) =>
        Assessed(one).FirstOrDefault(judged => judged.Effect == AssessmentPolicy.Block) is { Quote: not null } judged
            ? No(one, RouteReason.Assessment, judged.Quote) : null;

    private IEnumerable<(string Effect, string Quote)> Assessed(RouteCandidate one) =>
        _assessmentPolicies.Where(policy => policy.Rule.AppliesTo(one))
            .SelectMany(policy => policy.Rule.Judge(one, _assessments, policy.Name));

    private SkippedChannel? Unreachable(RouteCandidate one) =>
        AreaAccess.IsNeededBy(one.Channel) && AccessTo(one.Request.Area) is { Rule.Accessible: false } access
            ? No(one, RouteReason.NoAccess, access.Quote(
                Invariant($"closed since {access.Rule.Since:yyyy-MM-dd}, by {access.Rule.ReportedBy}")))
            : null;

    private SkippedChannel? Declined(RouteCandidate one) =>
        _declines.Find(decline => decline.Rule.Covers(one)) is { } decline
            ? No(one, RouteReason.Declined, decline.Quote(decline.Rule.Reason)) : null;

    private SkippedChannel? Restricted(RouteCandidate one) =>
        one.Request.FundingSource is { } source && _sources.GetValueOrDefault(source) is { } given
            && given.Rule.Track != one.Channel.Track
            && !_crossings.Exists(crossing => crossing.Rule.Allows(one))
            ? No(one, RouteReason.Funding, given.Quote(
                Invariant(
                    $"{given.Rule.Text}; nothing lets it cross to track {one.Channel.Track} over {one.Channel.Code}")))
            : null;

    private NamedRule<AreaAccess>? AccessTo(string area) =>
        AreaPattern.Widening(area).Select(pattern => _access.GetValueOrDefault(pattern))
            .FirstOrDefault(access => access is not null);

    private string AuthorityOf(string area) => AccessTo(area)?.Rule.Authority ?? Rules.Constraint.Unknown;

    private static SkippedChannel No(RouteCandidate one, RouteReason reason, string by) =>
        new(one.Channel.Code, reason, by);

    private void Put(RuleEntry entry)
    {
        switch (entry.Rule)
        {
            case Constraint rule: _constraints.Add(entry.As(rule)); break;
            case Agreement rule: _agreements.Add(entry.As(rule)); break;
            case AgreementPolicy rule: _agreementPolicies.Add(entry.As(rule)); break;
            case Assessment rule: _assessments.Add(entry.As(rule)); break;
            case AssessmentPolicy rule: _assessmentPolicies.Add(entry.As(rule)); break;
            case AreaAccess rule: _access[rule.Area] = entry.As(rule); break;
            case Decline rule: _declines.Add(entry.As(rule)); break;
            case FundingSource rule: _sources[rule.Source] = entry.As(rule); break;
            case FundingCrossing rule: _crossings.Add(entry.As(rule)); break;
            case Portability rule: _portability.Add(entry.As(rule)); break;
            case Readiness rule: _readiness.Add(entry.As(rule)); break;
            case Confirmation rule: _confirmations[rule.Check] = entry.As(rule); break;
            default: throw new ArgumentOutOfRangeException(nameof(entry), entry.Kind, "Not a kind of rule.");
        }
    }
}

/// <summary>A version of a rule that is in force.</summary>
public sealed record RuleEntry(RuleKind Kind, string Id, int Version, Rule Rule, string By, DateTimeOffset At)
{
    public string Name => NameOf(Kind, Id, Version);

    /// <summary>The name in quotes: <c>constraint C-7 v2</c>.</summary>
    public static string NameOf(RuleKind kind, string id, int version) => Invariant($"{Word.Of(kind)} {id} v{version}");

    public NamedRule<T> As<T>(T rule)
        where T : Rule => new(Kind, Id, Version, rule, By, At);
}
