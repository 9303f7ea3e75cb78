using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Platform.Messaging;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Routing.Persistence;

/// <summary>
/// Sends <see cref="RoutesChanged"/> with every commit of a channel, table, rule, protocol, switch or suspension that
/// can change an answer of the router. It looks at what is written, not at who writes it. Places freed under a ceiling
/// send nothing, nor do hours that begin: Payments also asks again by time.
/// </summary>
internal sealed class RouteChangeSignal(MessageRoutes routes, TimeProvider clock) : SaveChangesInterceptor
{
    /// <summary>The properties of a channel that the router reads.</summary>
    internal static readonly IReadOnlySet<string> OfChannel = new HashSet<string>
    {
        nameof(Channel.Provider), nameof(Channel.Track), nameof(Channel.Instruments), nameof(Channel.Areas),
        nameof(Channel.Currency), nameof(Channel.Hours), nameof(Channel.Abilities),
        nameof(Channel.AbilitiesRefusal),
    };

    private static readonly string[] OfSwitch = [nameof(Switch.RoutesSince), nameof(Switch.RoutesEnded)];

    private static readonly string[] OfSuspension = [nameof(Suspension.EndedAt)];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is RoutingDb db && ProgrammesOf(db.ChangeTracker.Entries()) is { Count: > 0 } programmes)
        {
            var outbox = new Outbox<RoutingDb>(db, routes, clock);
            foreach (var programme in programmes.Contains(null) ? [null] : programmes)
            {
                outbox.Send(new RoutesChanged(programme));
            }
        }

        return ValueTask.FromResult(result);
    }

    /// <summary>The programmes that the changes concern; null stands for all of them.</summary>
    private static HashSet<string?> ProgrammesOf(IEnumerable<EntityEntry> entries)
    {
        HashSet<string?> programmes = [];
        foreach (var entry in entries)
        {
            switch (entry.Entity)
            {
                case Channel when Changes(entry, OfChannel):
                case TableVersion or RuleRow when entry.State == EntityState.Added:
                    programmes.Add(null);
                    break;
                case Protocol protocol when entry.State == EntityState.Added:
                    programmes.Add(protocol.Programme);
                    break;
                case Switch subject when Changes(entry, OfSwitch):
                    programmes.Add(subject.Programme);
                    break;
                case Suspension suspension when Changes(entry, OfSuspension):
                    programmes.Add(suspension.Programme);
                    break;
            }
        }

        return programmes;
    }

    private static bool Changes(EntityEntry entry, IEnumerable<string> properties) => entry.State switch
    {
        EntityState.Added => entry.Entity is Channel or Suspension,
        EntityState.Modified => properties.Any(name => entry.Property(name).IsModified),
        _ => false,
    };
}
