using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Jobs;
using TwinTrack.Providers.Domain.Callbacks;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Callbacks;

/// <summary>
/// Does to units what <see cref="CallbackRule"/> says, and no more: marks those that the provider is to be asked about.
/// </summary>
internal sealed class CallbackHintWriter(ProvidersDb db, TimeProvider clock)
{
    /// <summary>In a transaction. Answers with the references that are units of the channel.</summary>
    public async Task<HashSet<string>> HeedAsync(
        string channel, IReadOnlyCollection<string> references, CallbackNovelty novelty, CancellationToken cancel)
    {
        if (references.Count == 0)
        {
            return [];
        }

        var units = await db.Units.AsNoTracking()
            .Where(unit => unit.Channel == channel && references.Contains(unit.Reference))
            .Select(unit => new { unit.Reference, unit.State, unit.Open }).ToListAsync(cancel);
        var asked = units
            .Where(unit => CallbackRule.Asks(
                CallbackRule.EffectOf(CallbackRule.MomentOf(unit.State == UnitState.Called, unit.Open), novelty)))
            .Select(unit => unit.Reference).ToList();
        if (asked.Count > 0)
        {
            // Asked longest ago of all, so asked next; a unit whose call has not ended, when it has.
            await db.Units.Where(unit => asked.Contains(unit.Reference))
                .ExecuteUpdateAsync(set => set.SetProperty(unit => unit.AskedAt, DateTimeOffset.UnixEpoch), cancel);
            await db.WakeJobAsync(JobKinds.Ask, channel, clock.GetUtcNow(), cancel);
        }

        return [.. units.Select(unit => unit.Reference)];
    }
}
