using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Tables;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>PUT /rules/{kind}/{id}: a rule, as its next version. The former versions stay as they were.</summary>
internal static class SetRule
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/rules/{kind}/{id}", AnswerAsync)
        .RequireRole(RuleRoles.All)
        .WithName(nameof(SetRule))
        .WithSummary("Set a routing rule, as its next version.");

    private static async Task<Results<Ok<RuleView>, ProblemHttpResult>> AnswerAsync(
        string kind, string id, JsonElement request, ClaimsPrincipal user, RoutingDb db, AuditTrail<RoutingDb> audit,
        TimeProvider clock, CancellationToken cancel)
    {
        if (!RuleRoles.Judge(kind, user).Allows(out var known, out var refusal)
            || !RuleText.Parse(known, request).Allows(out var rule, out refusal))
        {
            return refusal.ToProblem();
        }

        if (IdFault(known, id, rule) is { } fault)
        {
            return RuleRefusals.Invalid(fault).ToProblem();
        }

        var former = await db.Rules.AsNoTracking().Where(row => row.Kind == known && row.RuleId == id)
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancel);
        if ((await DeclineAuthorization.RefusalAsync(db, rule, user.ToActor(), cancel)
            ?? (former is { Ended: false }
                ? await DeclineAuthorization.RefusalAsync(db, former.Read().Rule, user.ToActor(), cancel)
                : null)) is { } unspoken)
        {
            return unspoken.ToProblem();
        }

        var row = new RuleRow
        {
            Number = (await db.Rules.MaxAsync(row => (long?)row.Number, cancel) ?? 0) + 1,
            Kind = known,
            RuleId = id,
            Version = (former?.Version ?? 0) + 1,
            Body = RuleText.Write(rule),
            Ended = false,
            By = user.ToActor().ToString(),
            At = clock.GetUtcNow(),
        };
        db.Rules.Add(row);
        await audit.RecordAsync(user.ToActor(), "set-rule", $"{kind}/{id}", new { row.Version, Rule = request },
            cancel);
        return TypedResults.Ok(RuleView.Of(row));
    }

    /// <summary>
    /// Where a thing can have only one rule, the rule's id is the thing's id. So it cannot be set twice.
    /// </summary>
    private static string? IdFault(RuleKind kind, string id, Rule rule) => (kind, rule) switch
    {
        (_, AreaAccess access) => access.Area == id ? null : "area: the rule's id is the area.",
        (_, FundingSource source) => source.Source == id ? null : "source: the rule's id is the funding source.",
        (_, Confirmation confirmation) => confirmation.Check == id ? null : "check: the rule's id is the check's.",
        _ => Word.IsCode(id) ? null : "id: 1 to 32 letters, digits, dashes and underscores.",
    };
}

/// <summary>Only the partner itself declines, and only the partner takes its decline back.</summary>
internal static class DeclineAuthorization
{
    public static async Task<Refusal?> RefusalAsync(RoutingDb db, Rule rule, Actor by, CancellationToken cancel) =>
        rule is not Decline decline ? null
        : await db.Channels.AsNoTracking().SingleOrDefaultAsync(
            channel => channel.Code == decline.Channel, cancel) is not { } channel
            ? RuleRefusals.Invalid($"channel: there is no '{decline.Channel}'.")
        : Decline.MayDeclineFor(by, channel.Code, channel.Provider, channel.Track) ? null
        : RuleRefusals.NotSpokenFor(channel.Code, channel.Provider, by.Party);
}

/// <summary>A version of a rule as it is set and read.</summary>
internal sealed record RuleView(string Kind, string Id, int Version, bool Ended, string By, DateTimeOffset At,
    JsonElement Rule)
{
    public static RuleView Of(RuleRow row) =>
        new(Word.Of(row.Kind), row.RuleId, row.Version, row.Ended, row.By, row.At,
            JsonSerializer.Deserialize<JsonElement>(row.Body));
}

/// <summary>Who sets which kind of rule.</summary>
internal static class RuleRoles
{
    private static readonly Dictionary<RuleKind, string[]> Table = new()
    {
        [RuleKind.Constraint] = [Role.Admin, Role.CoChair],
        [RuleKind.Agreement] = [Role.Admin],
        [RuleKind.AgreementPolicy] = [Role.Admin],
        [RuleKind.Assessment] = [Role.Admin, Role.ProgrammeManager, Role.CoChair],
        [RuleKind.AssessmentPolicy] = [Role.Admin],
        [RuleKind.Access] = [Role.Admin, Role.ProgrammeManager, Role.Operator, Role.CoChair],
        [RuleKind.Decline] = [Role.Operator, Role.CoChair],
        [RuleKind.FundingSource] = [Role.Admin, Role.Finance],
        [RuleKind.FundingCrossing] = [Role.Admin, Role.Finance],
        [RuleKind.Portability] = [Role.Admin],
        [RuleKind.Readiness] = [Role.Admin, Role.CoChair],
        [RuleKind.Confirmation] = [Role.ProgrammeManager, Role.CoChair],
    };

    public static readonly string[] All = [.. Table.Values.SelectMany(roles => roles).Distinct()];

    /// <summary>The kind of this word, if this user sets rules of it.</summary>
    public static Result<RuleKind> Judge(string word, ClaimsPrincipal user) => Word.Read<RuleKind>(word) switch
    {
        null => RuleRefusals.UnknownKind,
        { } kind when !Table[kind].Any(role => user.HasClaim(Access.RoleClaim, role)) => RuleRefusals.Role,
        { } kind => kind,
    };
}
