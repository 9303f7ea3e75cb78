using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Platform.Storage;
using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Reconciliation.Persistence;

/// <summary>One booking. Inserted, never changed. An error is corrected by a reverse booking.</summary>
internal sealed class LedgerTransaction
{
    /// <summary>
    /// The number of a <see cref="LedgerTransactionId"/>. It is a plain Guid, because pages follow its order.
    /// </summary>
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Cause { get; init; }

    public required string Programme { get; init; }

    public BatchId? BatchId { get; init; }

    public required string Currency { get; init; }

    /// <summary>The number of payments or movements that it represents.</summary>
    public required long Count { get; init; }
}

/// <summary>One side of a booking; the entries of a transaction sum to zero.</summary>
internal sealed class LedgerEntry
{
    public required Guid TransactionId { get; init; }

    public required int Line { get; init; }

    public required string Account { get; init; }

    /// <summary>Minor units; a debit above zero, a credit below.</summary>
    public required long AmountMinor { get; init; }

    public required string Currency { get; init; }

    public BatchId? BatchId { get; init; }
}

/// <summary>A booked movement of funds. With its id a repeated movement has no effect.</summary>
internal sealed class BookedFundMovement
{
    public required string MovementId { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>A booked movement of an incident. With its id a repeated movement has no effect.</summary>
internal sealed class BookedIncidentMovement
{
    public required string MovementId { get; init; }

    /// <summary>Text form, inc_... .</summary>
    public required string IncidentId { get; init; }

    public required string IncidentKind { get; init; }

    public required string Kind { get; init; }

    /// <summary>The batch of the incident.</summary>
    public required BatchId BatchId { get; init; }

    public required string FundingSource { get; init; }

    public string? Bearer { get; init; }

    public required long AmountMinor { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class LedgerConfiguration :
    IEntityTypeConfiguration<LedgerTransaction>, IEntityTypeConfiguration<LedgerEntry>,
    IEntityTypeConfiguration<BookedFundMovement>,
    IEntityTypeConfiguration<BookedIncidentMovement>
{
    public void Configure(EntityTypeBuilder<LedgerTransaction> builder)
    {
        builder.ToTable("ledger_transactions").HasKey(transaction => transaction.Id);
        builder.Property(transaction => transaction.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.ToTable("ledger_entries").HasKey(entry => new { entry.TransactionId, entry.Line });
        builder.HasIndex(entry => entry.BatchId);
    }

    public void Configure(EntityTypeBuilder<BookedIncidentMovement> builder)
    {
        builder.ToTable("incident_bookings").HasKey(booking => booking.MovementId);
        builder.HasIndex(booking => booking.BatchId);
    }

    public void Configure(EntityTypeBuilder<BookedFundMovement> builder) =>
        builder.ToTable("booked_fund_movements").HasKey(movement => movement.MovementId);
}

/// <summary>The only way into the ledger.</summary>
internal sealed class Ledger(ReconciliationDb db, TimeProvider clock)
{
    public async Task BookAsync(IEnumerable<Posting> postings, string programme, BatchId? batch, string currency,
        CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var booked = BookedPosting.Together(postings)
            .Select(posting => (Id: LedgerTransactionId.New(clock).Value, Posting: posting)).ToList();
        await db.BulkInsertAsync(
            booked.ConvertAll(pair => new LedgerTransaction
            {
                Id = pair.Id,
                At = now,
                Cause = pair.Posting.Cause,
                Programme = programme,
                BatchId = batch,
                Currency = currency,
                Count = pair.Posting.Count,
            }),
            cancel);
        await db.BulkInsertAsync(
            [
                .. booked.SelectMany(pair => pair.Posting.Entries.Select((entry, line) => new LedgerEntry
                {
                    TransactionId = pair.Id,
                    Line = line,
                    Account = entry.Account,
                    AmountMinor = entry.AmountMinor,
                    Currency = currency,
                    BatchId = batch,
                })),
            ],
            cancel);
    }
}
