using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TwinTrack.Contracts.Enrolments.V1;
using TwinTrack.Entitlements.Domain;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Entitlements.Consumers;

/// <summary>
/// Calculates a part of the caseload under the cycle's parameter version. A part is identified by its number, so a
/// repeated part changes nothing.
/// </summary>
internal sealed partial class CaseloadChunkHandler(
    EntitlementsDb db, TimeProvider clock, ILogger<CaseloadChunkHandler> logger) : IMessageHandler<CaseloadChunk>
{
    public async Task HandleAsync(CaseloadChunk message, CancellationToken cancel)
    {
        var cycleId = TypedId.Parse<CycleId>(message.CycleId);
        var cycle = await db.LockCycleAsync(cycleId, cancel)
            ?? throw new InvalidOperationException($"A caseload came for {cycleId}, which nobody opened.");
        if (await db.CaseloadParts.AnyAsync(part => part.CycleId == cycleId && part.Chunk == message.Chunk, cancel))
        {
            return;
        }

        if (!CycleLifecycle.Table.Allows(cycle.State, CycleTrigger.Count))
        {
            LogNotExpected(logger, cycleId, message.Chunk, cycle.State);
            return;
        }

        var (entitlements, failures) = await CalculateAsync(cycle, message, cancel);
        db.CaseloadParts.Add(new CaseloadPart { CycleId = cycleId, Chunk = message.Chunk });
        await db.BulkInsertAsync(entitlements, cancel);
        await db.BulkInsertAsync(failures, cancel);
        if (!cycle.Count(message.Rows.Count, failures.Count, entitlements.Count,
            entitlements.Sum(row => row.AmountMinor)).Allows(out _, out var refusal))
        {
            throw new InvalidOperationException(refusal.Reason);
        }
    }

    private async Task<(List<Entitlement> Entitlements, List<CalculationFailure> Failures)> CalculateAsync(
        Cycle cycle, CaseloadChunk chunk, CancellationToken cancel)
    {
        var stored = await db.ParameterSets.AsNoTracking()
            .SingleAsync(set => set.Programme == cycle.Programme && set.Version == cycle.ParameterVersion, cancel);
        var parameters = stored.Read();
        var households = chunk.Rows.Select(row => TypedId.Parse<HouseholdId>(row.HouseholdId)).ToList();
        var taken = (await db.Entitlements.Where(row => row.CycleId == cycle.Id && households.Contains(row.HouseholdId))
            .Select(row => row.HouseholdId).ToListAsync(cancel)).ToHashSet();
        var entitlements = new List<Entitlement>();
        var failures = new List<CalculationFailure>();
        for (var index = 0; index < households.Count; index++)
        {
            var (row, household) = (chunk.Rows[index], households[index]);
            var answer = taken.Add(household)
                ? AmountRule.Calculate(new CaseloadHousehold(row.Area, row.Instrument, row.Members, row.ChildrenUnder5),
                    parameters, cycle.AsOf)
                : new Refusal("household.twice",
                    "The household is in the caseload more than once. Correct the enrolments.");
            if (answer.Allows(out var components, out var refusal))
            {
                entitlements.AddRange(components.Select(component => ToRow(cycle, household, row, component)));
            }
            else
            {
                failures.Add(
                    new CalculationFailure
                    {
                        CycleId = cycle.Id,
                        Chunk = chunk.Chunk,
                        Row = index,
                        HouseholdId = household,
                        Code = refusal.Code,
                        Reason = refusal.Reason
                    });
            }
        }

        return (entitlements, failures);
    }

    private Entitlement ToRow(Cycle cycle, HouseholdId household, CaseloadRow row, DueComponent component) => new()
    {
        Id = EntitlementId.New(clock).Value,
        CycleId = cycle.Id,
        HouseholdId = household,
        Component = component.Name,
        AmountMinor = component.AmountMinor,
        Area = row.Area,
        Instrument = row.Instrument,
        PayeeFingerprint = row.PayeeFingerprint,
        FundingSource = component.FundingSource,
        ParameterVersion = cycle.ParameterVersion,
        Lines = JsonSerializer.Serialize(component.Lines),
    };

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning,
        Message = "Part {Chunk} of the caseload of {CycleId} came while the cycle is {State}; it is not counted")]
    private static partial void LogNotExpected(ILogger logger, CycleId cycleId, int chunk, CycleState state);
}
