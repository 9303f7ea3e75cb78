using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Rules;

/// <summary>A data-sharing agreement: which fields a recipient may get, for which areas, purpose and time.</summary>
/// <param name="Recipient">Channel code or provider.</param>
/// <param name="Fields">Words of <see cref="DataField"/>.</param>
/// <param name="Areas">As <see cref="AreaPattern"/>.</param>
/// <param name="From">The first day, UTC.</param>
/// <param name="Until">The last day, UTC.</param>
public sealed record Agreement(string Recipient, string Purpose, IReadOnlyList<string> Fields,
    IReadOnlyList<string> Areas, DateOnly From, DateOnly Until) : Rule
{
    public override string? Fault() => this switch
    {
        _ when !IsText(Recipient) || Recipient == Any => "recipient: a channel or a provider.",
        _ when !IsText(Purpose) => $"purpose: 1 to {TextMax} characters.",
        _ when Fields is null or { Count: 0 } || Fields.Any(field => Word.Read<DataField>(field) is null) =>
            $"fields: some of {Word.All<DataField>()}.",
        _ when !AreAreas(Areas) => "areas: P-codes, with * behind for all below, or *.",
        _ when Until < From => "until: not before from.",
        _ => null,
    };

    /// <summary>What the agreement lacks for this payment; null when it covers the payment.</summary>
    public string? Lacks(RouteCandidate one)
    {
        var missing = one.Discloses.Select(Word.Of).Except(Fields).ToList();
        return one.Day < From ? Invariant($"begins {From:yyyy-MM-dd}")
            : one.Day > Until ? Invariant($"ended {Until:yyyy-MM-dd}")
            : !Areas.Any(one.IsIn) ? $"does not cover {one.Request.Area}"
            : missing.Count > 0 ? $"does not allow {string.Join(", ", missing)}"
            : null;
    }
}

/// <summary>
/// Whether a partner needs an agreement. Without this policy, only a partner that has ever had an agreement needs a
/// valid one.
/// </summary>
/// <param name="Partner">Channel code, provider, or * for every partner.</param>
public sealed record AgreementPolicy(string Partner, bool Required) : Rule
{
    public override string? Fault() => IsText(Partner) ? null : "partner: a channel, a provider or *.";
}
