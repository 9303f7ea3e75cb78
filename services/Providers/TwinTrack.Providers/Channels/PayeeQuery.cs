using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Channels;

/// <summary>Opens payees in memory, only for the length of a call.</summary>
internal sealed class PayeeQuery(ProvidersDb db, ProviderSealers sealers)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>The stored payees of these households, by household and fingerprint.</summary>
    public async Task<Dictionary<(HouseholdId Household, string Fingerprint), string>> SealedAsync(
        IEnumerable<HouseholdId> households, CancellationToken cancel)
    {
        var ids = households.Distinct().ToList();
        var rows = await db.Payees.AsNoTracking().Where(payee => ids.Contains(payee.HouseholdId)).ToListAsync(cancel);
        return rows.ToDictionary(row => (row.HouseholdId, row.Fingerprint), row => row.Sealed);
    }

    /// <summary>
    /// The payee of this fingerprint. Null when it was sealed under another key, or differs from the approved payee.
    /// </summary>
    public Payee? Open(string fingerprint, string sealedText) =>
        Open(sealedText) is { } payee && sealers.Payees.Fingerprint(TextOf(payee)) == fingerprint ? payee : null;

    /// <summary>The text for the fingerprint, as <c>PayeeRow</c> in the contract defines it.</summary>
    private static string TextOf(Payee payee) =>
        string.Join('|', payee.Name, payee.Instrument, payee.Account, payee.BankBic);

    private Payee? Open(string sealedText)
    {
        try
        {
            return JsonSerializer.Deserialize<Payee>(sealers.Payees.Open(sealedText), Web);
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A unit as it was built, or only its orders without a final outcome.</summary>
    public async Task<Unit> ReadUnitAsync(SentUnit sent, bool openOnly, CancellationToken cancel)
    {
        var rows = await db.PaymentOrders.AsNoTracking().Where(row => row.UnitReference == sent.Reference)
            .OrderBy(row => row.Sequence).ToListAsync(cancel);
        var wanted = openOnly ? rows.Where(row => PaymentOrderLifecycle.IsOpen(row.State)).ToList() : rows;
        var known = await SealedAsync(wanted.Select(row => row.HouseholdId), cancel);
        return new Unit(sent.Reference, sent.CreatedAt, sent.CallbackToken,
            [.. wanted.Select(row => Order(row, Opened(known, row)))]);
    }

    public static PaymentOrder Order(PaymentOrderRow row, Payee payee) => new(
        WireReference.Of(row.InstructionId), WireReference.Of(row.ObligationId), payee, row.AmountMinor, row.Area,
        row.Programme);

    private Payee Opened(Dictionary<(HouseholdId, string), string> known, PaymentOrderRow row) =>
        Open(row.Fingerprint, known[(row.HouseholdId, row.Fingerprint)])
        ?? throw new InvalidOperationException(
            $"The payee of {row.InstructionId} could be opened when it was sent and cannot now: the key 'payee' has "
                + $"changed.");
}
