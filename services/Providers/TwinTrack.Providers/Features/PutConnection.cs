using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Providers.Callbacks;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Features;

/// <summary>
/// PUT /providers/connections/{channel}: how to reach a channel's provider. Replaces all settings. They are never shown
/// again.
/// </summary>
internal static class PutConnection
{
    private const int SettingsMax = 64;
    private const int ValueMax = 16_000;
    private const int ChannelMax = 64;

    internal sealed record Request(Dictionary<string, string> Settings);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/connections/{channel}", AnswerAsync)
        .RequireRole(Role.Admin)
        .WithName(nameof(PutConnection))
        .WithSummary("Set how to reach a channel's provider.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<ConnectionView>, ProblemHttpResult>> AnswerAsync(
        string channel, Request request, ClaimsPrincipal user, Handler handler, CancellationToken cancel)
    {
        var result = await handler.HandleAsync(channel, request, user.ToActor(), cancel);
        return result.Match<Results<Ok<ConnectionView>, ProblemHttpResult>>(
            view => TypedResults.Ok(view), refusal => refusal.ToProblem());
    }

    internal sealed class Handler(ProvidersDb db, ChannelConnections connections, AbilityDeclarations declarations,
        CallbackSettingsCache callbackSettings, ProviderSealers sealers, AuditTrail<ProvidersDb> audit,
        TimeProvider clock)
    {
        public async Task<Result<ConnectionView>> HandleAsync(
            string channel, Request request, Actor actor, CancellationToken cancel)
        {
            var settings = request.Settings;
            if (channel.Length > ChannelMax || settings.Count > SettingsMax
                || settings.Any(one => one.Key.Length > ChannelMax || one.Value is null || one.Value.Length > ValueMax))
            {
                return ProviderRefusals.SettingsTooMany;
            }

            await db.LockConnectionAsync_NeedsTransaction(channel, cancel);
            // The settings of a channel that Routing has not registered yet are checked at first use.
            var gate = await db.Gates.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Channel == channel && row.Adapter != "", cancel);
            if (gate is not null)
            {
                var connection = connections.Check(gate, settings);
                if (!connection.Allows(out _, out var refusal))
                {
                    return refusal;
                }

                declarations.Send(channel, connection);
            }

            var stored = await StoreAsync(channel, settings, actor, cancel);
            await audit.RecordAsync(actor, "put-connection", channel,
                new { settings = settings.Keys.Order(StringComparer.Ordinal) }, cancel);
            callbackSettings.Forget(channel);
            if (gate is not null)
            {
                await db.WakeJobAsync(JobKinds.Submit, channel, stored.UpdatedAt, cancel);
                await db.WakeJobAsync(JobKinds.Ask, channel, stored.UpdatedAt, cancel);
            }

            return ConnectionView.Of(stored, settings.Keys);
        }

        private async Task<StoredConnection> StoreAsync(
            string channel, Dictionary<string, string> settings, Actor actor, CancellationToken cancel)
        {
            var text = sealers.Connections.Seal(JsonSerializer.Serialize(settings));
            var now = clock.GetUtcNow();
            var stored = await db.Connections.SingleOrDefaultAsync(row => row.Channel == channel, cancel);
            if (stored is null)
            {
                stored = new StoredConnection
                {
                    Channel = channel,
                    Sealed = text,
                    UpdatedBy = actor.ToString(),
                    UpdatedAt = now
                };
                db.Connections.Add(stored);
            }
            else
            {
                (stored.Sealed, stored.UpdatedBy, stored.UpdatedAt) = (text, actor.ToString(), now);
            }

            return stored;
        }
    }
}

/// <summary>A connection as people may see it: the names of its settings, never a value.</summary>
internal sealed record ConnectionView(string Channel, SortedDictionary<string, string> Settings, string UpdatedBy,
    DateTimeOffset UpdatedAt)
{
    private const string Mask = "***";

    public static ConnectionView Of(StoredConnection stored, IEnumerable<string> names) => new(
        stored.Channel, new SortedDictionary<string, string>(
            names.ToDictionary(name => name, _ => Mask), StringComparer.Ordinal), stored.UpdatedBy, stored.UpdatedAt);
}
