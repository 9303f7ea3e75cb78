using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Rules;

/// <summary>Refusals about the rules, in order of precedence.</summary>
public static class RuleRefusals
{
    /// <summary>Never succeeds: there is no such kind.</summary>
    public static readonly Refusal UnknownKind = new(
        "rule.unknown_kind", $"This is not a kind of rule. Use one of: {Word.All<RuleKind>()}.", RefusalKind.NotFound);

    /// <summary>May succeed for someone else.</summary>
    public static readonly Refusal Role = new("rule.role",
        "Your role may not set rules of this kind. Ask a person whose role may.");

    /// <summary>
    /// May succeed for a person of that partner. The person's party must be the channel, the provider, or the partners'
    /// common party.
    /// </summary>
    public static Refusal NotSpokenFor(string channel, string provider, string party) => new(
        "rule.not_spoken_for",
            $"Only {provider} may decline for {channel} or take a decline back. You act for {party}.");

    /// <summary>May succeed once it has been set.</summary>
    public static readonly Refusal Unknown = new(
        "rule.unknown", "No rule of this kind and id is in force. Check the list of rules.", RefusalKind.NotFound);

    /// <summary>May succeed when every readiness check is confirmed.</summary>
    public static Refusal NotReady(IEnumerable<CheckStanding> checks) => new(
        "readiness.not_met",
        $"Track 1 is not ready: {string.Join("; ", checks.Where(check => !check.Met).Select(
            check => $"{check.Check}, {check.Text} ({check.Missing})"))}. Meet and confirm them, then ask again.");

    /// <summary>Never succeeds as asked.</summary>
    public static Refusal Invalid(string why) => new("rule.invalid", why, RefusalKind.Invalid);
}
