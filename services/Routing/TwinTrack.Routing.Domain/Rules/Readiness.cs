using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Rules;

/// <summary>A named check of a programme and its areas that must hold before payments return to track 1.</summary>
/// <param name="Programme">Code, or * for all.</param>
/// <param name="Areas">As <see cref="Tables.AreaPattern"/>.</param>
/// <param name="ValidDays">For how many days a confirmation counts; null until it is taken back.</param>
public sealed record Readiness(string Programme, IReadOnlyList<string> Areas, string Text, int? ValidDays = null) : Rule
{
    public override string? Fault() => this switch
    {
        _ when !Word.IsCode(Programme) && Programme != Any => "programme: a code or *.",
        _ when !AreAreas(Areas) => "areas: P-codes, with * behind for all below, or *.",
        _ when !IsText(Text) => $"text: 1 to {TextMax} characters: what is checked.",
        { ValidDays: < 1 } => "validDays: 1 or more.",
        _ => null,
    };
}

/// <summary>A person confirms that a check holds, or that it does not. Its id is the check's id.</summary>
/// <param name="CheckVersion">Version of the confirmed check. A changed check must be confirmed again.</param>
/// <param name="Note">The grounds for the confirmation.</param>
public sealed record Confirmation(string Check, int CheckVersion, bool Holds, string Note) : Rule
{
    public override string? Fault() => this switch
    {
        _ when !IsText(Check) => "check: the id of a readiness check.",
        { CheckVersion: < 1 } => "checkVersion: 1 or more.",
        _ when !IsText(Note) => $"note: 1 to {TextMax} characters: on what grounds.",
        _ => null,
    };
}

/// <summary>The current state of one check.</summary>
/// <param name="Missing">Why it is not met; null when it is.</param>
public sealed record CheckStanding(string Check, string Text, bool Met, string? Missing, string? ConfirmedBy,
    DateTimeOffset? ConfirmedAt);
