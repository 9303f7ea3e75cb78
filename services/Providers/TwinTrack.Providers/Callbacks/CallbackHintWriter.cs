using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Jobs;
using TwinTrack.Providers.Domain.Callbacks;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Callbacks;

/// <summary>
/// Applies <see cref="CallbackRule"/>: it marks units so that the provider is asked about them. It changes nothing
/// else.
/// </summary>
internal sealed class CallbackHintWriter(ProvidersDb db, TimeProvider clock)
{
    /// <summary>Needs a transaction. Returns the references that are units of the channel.</summary>
    public async Task<HashSet<string>> ApplyHintsAsync(
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
            // Sets the time of the last question to the oldest value, so the unit is asked next. If its call has not
            // ended, it is asked when the call ends.
            await db.Units.Where(unit => asked.Contains(unit.Reference))
                .ExecuteUpdateAsync(set => set.SetProperty(unit => unit.AskedAt, DateTimeOffset.UnixEpoch), cancel);
            await db.WakeJobAsync(JobKinds.Ask, channel, clock.GetUtcNow(), cancel);
        }

        return [.. units.Select(unit => unit.Reference)];
    }
}
