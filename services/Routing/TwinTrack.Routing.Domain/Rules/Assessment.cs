using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Rules;

/// <summary>What a capacity is needed for.</summary>
public enum AssessedFunction
{
    Payment,
    Registration,
    Staffing,
    Funds,
    Access,
}

/// <summary>The assessed capacity of a provider in an area for a function, on one day.</summary>
/// <param name="Subject">Channel code or provider; <c>government</c> for every channel of track 1.</param>
/// <param name="Area">As <see cref="AreaPattern"/>.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="Until">The last day on which it counts.</param>
public sealed record Assessment(string Subject, string Area, string Function, int Score, DateOnly On, DateOnly Until,
    string AssessedBy) : Rule
{
    public override IReadOnlyList<string> AreasOf() => [Area];

    public override string? Fault() => this switch
    {
        _ when !IsText(Subject) || Subject == Any => "subject: a channel, a provider or government.",
        _ when !AreaPattern.IsValid(Area) => "area: a P-code, one with * behind, or *.",
        _ when Word.Read<AssessedFunction>(Function) is null => $"function: one of {Word.All<AssessedFunction>()}.",
        { Score: < 0 or > 100 } => "score: 0 to 100.",
        _ when Until < On => "until: not before on.",
        _ when !IsText(AssessedBy) => "assessedBy: who assessed.",
        _ => null,
    };

    public bool IsAbout(RouteCandidate one) =>
        one.IsIn(Area) && (one.IsPartner(Subject)
            || (Subject == Word.Of(Party.Government) && one.Channel.Track == Track.Government));
}

/// <summary>
/// Which assessments a track needs, and the effect of a missing, old or low assessment. Without a policy none is
/// needed.
/// </summary>
/// <param name="Track">1 or 2.</param>
/// <param name="Areas">As <see cref="AreaPattern"/>.</param>
/// <param name="ScoreMin">0 to 100; below it <paramref name="Low"/> applies.</param>
/// <param name="Missing"><c>ignore</c>, <c>warn</c> or <c>block</c>; so the next two.</param>
public sealed record AssessmentPolicy(int Track, IReadOnlyList<string> Areas, IReadOnlyList<string> Functions,
    int ScoreMin, string Missing, string Stale, string Low) : Rule
{
    public const string Ignore = "ignore";
    public const string Warn = "warn";
    public const string Block = "block";
    private static readonly string[] Effects = [Ignore, Warn, Block];

    public override string? Fault() => this switch
    {
        { Track: not (Kernel.Track.Government or Kernel.Track.Aligned) } => "track: 1 or 2.",
        _ when !AreAreas(Areas) => "areas: P-codes, with * behind for all below, or *.",
        _ when Functions is null or { Count: 0 }
            || Functions.Any(function => Word.Read<AssessedFunction>(function) is null) =>
            $"functions: some of {Word.All<AssessedFunction>()}.",
        { ScoreMin: < 0 or > 100 } => "scoreMin: 0 to 100.",
        _ when !Effects.Contains(Missing) || !Effects.Contains(Stale) || !Effects.Contains(Low) =>
            $"missing, stale, low: each one of {string.Join(", ", Effects)}.",
        _ => null,
    };

    public bool AppliesTo(RouteCandidate one) => one.Channel.Track == Track && Areas.Any(one.IsIn);

    /// <summary>
    /// The effect and the quoted text for each function. Of several assessments, the most specific area counts, then
    /// the newest.
    /// </summary>
    public IEnumerable<(string Effect, string Quote)> Judge(
        RouteCandidate one, IEnumerable<NamedRule<Assessment>> assessments, string policy)
    {
        var about = assessments.Where(assessment => assessment.Rule.IsAbout(one))
            .OrderByDescending(assessment => assessment.Rule.Area.Length)
            .ThenByDescending(assessment => assessment.Rule.On).ToList();
        foreach (var function in Functions)
        {
            yield return about.Find(assessment => assessment.Rule.Function == function) switch
            {
                null => (Missing, $"{policy}: no assessment of {function}"),
                var found when found.Rule.Until < one.Day =>
                    (Stale, found.Quote(Invariant($"of {function}, ended {found.Rule.Until:yyyy-MM-dd}"))),
                var found when found.Rule.Score < ScoreMin =>
                    (Low, found.Quote(Invariant($"of {function}, {found.Rule.Score} of {ScoreMin} asked for"))),
                _ => (Ignore, ""),
            };
        }
    }
}
