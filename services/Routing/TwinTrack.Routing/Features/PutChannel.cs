using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// PUT /channels/{code}: make a channel known, or change its terms. Sends <see cref="RegisterChannel"/>.
/// </summary>
internal static class PutChannel
{
    /// <summary>What <see cref="ChannelAbilities"/> hold, alone or together.</summary>
    private static readonly string[] Declared =
        ["abilities", "validityHours", .. typeof(ChannelAbilities).GetProperties()
            .Select(ability => JsonNamingPolicy.CamelCase.ConvertName(ability.Name))];

    internal sealed record Request(
        string Provider,
        string Adapter,
        int Track,
        IReadOnlyList<string> Instruments,
        IReadOnlyList<string>? Areas,
        string Currency,
        int CapacityPerHour,
        string ContractModel,
        ChannelFee? Fee = null,
        OpeningHours? Hours = null)
    {
        /// <summary>Members that no request has. What an adapter declares is refused by name.</summary>
        [JsonExtensionData]
        public IDictionary<string, JsonElement>? Others { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/channels/{code}", AnswerAsync)
        .RequireRole(Role.Admin)
        .WithName(nameof(PutChannel))
        .WithSummary("Register a channel, or change its terms.");

    private static async Task<Results<Ok<ChannelView>, ProblemHttpResult>> AnswerAsync(
        string code, Request request, ClaimsPrincipal user, RoutingDb db, Outbox<RoutingDb> outbox,
        AuditTrail<RoutingDb> audit, TimeProvider clock, CancellationToken cancel)
    {
        if (!Read(code, request).Allows(out var terms, out var refusal))
        {
            return refusal.ToProblem();
        }

        var known = await db.ChannelToChangeAsync(code, cancel);
        var changed = known is null ? Channel.Register(code, terms, clock.GetUtcNow()) : known.Change(terms);
        if (!changed.Allows(out var channel, out refusal))
        {
            return refusal.ToProblem();
        }

        if (known is null)
        {
            db.Channels.Add(channel);
        }

        await db.WakeJobAsync(OpeningHoursJob.Kind, code, clock.GetUtcNow(), cancel);
        await db.WakeJobAsync(AbilitiesJob.Kind, code, clock.GetUtcNow() + AbilitiesJob.Unanswered, cancel);
        outbox.Send(AbilitiesJob.Question(channel));
        await audit.RecordAsync(user.ToActor(), "put-channel", code, request, cancel);
        return TypedResults.Ok(ChannelView.Of(channel));
    }

    private static Result<ChannelTerms> Read(string code, Request request)
    {
        if (!Word.IsCode(code))
        {
            return ChannelRefusals.Invalid("code: 1 to 32 letters, digits, dashes and underscores.");
        }

        if (request.Others?.Keys.FirstOrDefault() is { } other)
        {
            return Declared.Contains(other) ? ChannelRefusals.AbilityTyped(other)
                : ChannelRefusals.Invalid($"{other}: is not a member of a channel.");
        }

        if (Word.Read<ContractModel>(request.ContractModel) is not { } model)
        {
            return ChannelRefusals.Invalid($"contractModel: one of {Word.All<ContractModel>()}.");
        }

        var instruments = (request.Instruments ?? []).Select(Word.Read<Instrument>).ToList();
        if (instruments.Contains(null) || request.Provider is null
            || request.Adapter is null)
        {
            return ChannelRefusals.Invalid(
                $"provider and adapter are required; instruments: some of {Word.All<Instrument>()}.");
        }

        return Currency.Of(request.Currency).Then(currency => new ChannelTerms(
            request.Provider,
            request.Adapter,
            request.Track,
            [.. instruments.OfType<Instrument>()],
            request.Areas ?? [],
            currency,
            request.CapacityPerHour,
            model,
            request.Hours)
        {
            FeeMinor = request.Fee?.Minor ?? 0,
            FeeBasisPoints = request.Fee?.BasisPoints ?? 0,
        }.Checked());
    }
}
