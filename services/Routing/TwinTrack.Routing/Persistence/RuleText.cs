using System.Text.Json;
using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Rules;

namespace TwinTrack.Routing.Persistence;

/// <summary>Rules as JSON. A body must have exactly the members of its kind's record.</summary>
internal static class RuleText
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly Dictionary<RuleKind, Type> Types = new()
    {
        [RuleKind.Constraint] = typeof(Constraint),
        [RuleKind.Agreement] = typeof(Agreement),
        [RuleKind.AgreementPolicy] = typeof(AgreementPolicy),
        [RuleKind.Assessment] = typeof(Assessment),
        [RuleKind.AssessmentPolicy] = typeof(AssessmentPolicy),
        [RuleKind.Access] = typeof(AreaAccess),
        [RuleKind.Decline] = typeof(Decline),
        [RuleKind.FundingSource] = typeof(FundingSource),
        [RuleKind.FundingCrossing] = typeof(FundingCrossing),
        [RuleKind.Portability] = typeof(Portability),
        [RuleKind.Readiness] = typeof(Readiness),
        [RuleKind.Confirmation] = typeof(Confirmation),
    };

    public static string Write(Rule rule) => JsonSerializer.Serialize(rule, rule.GetType(), Strict);

    public static Rule Read(RuleKind kind, string body) => (Rule)JsonSerializer.Deserialize(body, Types[kind], Strict)!;

    /// <summary>Parses and checks a requested rule.</summary>
    public static Result<Rule> Parse(RuleKind kind, JsonElement body)
    {
        try
        {
            return body.Deserialize(Types[kind], Strict) is Rule rule
                ? (rule.Fault() is { } fault ? RuleRefusals.Invalid(fault) : rule)
                : RuleRefusals.Invalid("a body is needed.");
        }
        catch (JsonException broken)
        {
            return RuleRefusals.Invalid(
                $"{broken.Path?.TrimStart('$', '.')}: is missing, not known, there twice, or of another kind.");
        }
    }
}
