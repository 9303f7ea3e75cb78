using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Payments.Jobs;

/// <summary>The content of a batch, as its approvers see it.</summary>
/// <param name="Hash">Over the ordered lines; 64 hex digits.</param>
internal sealed record BatchContent(string Hash, long Count, long SumMinor, BatchComposition Composition)
{
    /// <summary>Reads the batch's lines in order, once.</summary>
    internal static async Task<BatchContent> ReadAsync(PaymentsDb db, BatchId id, CancellationToken cancel)
    {
        using var hash = new LineHash();
        var routes = new Dictionary<(string Channel, int Track, string Area), (long Count, long Minor)>();
        var funding = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var lines =
            from obligation in db.Obligations
            where obligation.BatchId == id
            join instruction in db.Instructions
                on new
                {
                    ObligationId = obligation.Id,
                    Generation = obligation.LastPlanned
                } equals new
                {
                    instruction.ObligationId,
                    instruction.Generation
                }
            orderby obligation.Id
            select new
            {
                obligation.Id,
                obligation.AmountMinor,
                obligation.Area,
                obligation.FundingSource,
                obligation.PayeeFingerprint,
                instruction.Channel,
                instruction.Track
            };
        await foreach (var line in lines.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancel))
        {
            hash.Add(line.Id, line.AmountMinor, line.Channel, line.PayeeFingerprint);
            funding[line.FundingSource] = funding.GetValueOrDefault(line.FundingSource) + line.AmountMinor;
            var key = (line.Channel ?? "", line.Track, line.Area);
            var (count, minor) = routes.GetValueOrDefault(key);
            routes[key] = (count + 1, minor + line.AmountMinor);
        }

        var unroutable = routes.Where(route => route.Key.Channel.Length == 0).ToList();
        var composition = new BatchComposition(
            [.. funding.Select(source => new FundingShare(source.Key, source.Value))],
            [
                .. routes.Where(route => route.Key.Channel.Length > 0)
                    .OrderBy(route => route.Key.Channel, StringComparer.Ordinal).ThenBy(route => route.Key.Track)
                    .ThenBy(route => route.Key.Area, StringComparer.Ordinal)
                    .Select(route => new RouteShare(
                        route.Key.Channel, route.Key.Track, route.Key.Area, route.Value.Count, route.Value.Minor)),
            ],
            new CountAndAmount(unroutable.Sum(route => route.Value.Count), unroutable.Sum(route => route.Value.Minor)));
        return new BatchContent(hash.Hex(), hash.Count, hash.SumMinor, composition);
    }
}

/// <summary>The funding sources of a batch, and its amounts per channel.</summary>
internal sealed record BatchComposition(IReadOnlyList<FundingShare> Funding, IReadOnlyList<RouteShare> Routes,
    CountAndAmount Unroutable)
{
    internal static readonly BatchComposition Nothing = new([], [], new CountAndAmount(0, 0));

    internal static BatchComposition Of(Batch batch) =>
        batch.Composition is null ? Nothing : JsonSerializer.Deserialize<BatchComposition>(batch.Composition)!;
}

internal sealed record FundingShare(string FundingSource, long AmountMinor);

internal sealed record RouteShare(string Channel, int Track, string Area, long Count, long AmountMinor);

/// <param name="AmountMinor">Minor units.</param>
internal sealed record CountAndAmount(long Count, long AmountMinor);
