using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Persistence;

internal sealed class ProvidersDb(DbContextOptions<ProvidersDb> options) : ServiceDb(options)
{
    public DbSet<Gate> Gates => Set<Gate>();

    public DbSet<StoredStop> Stops => Set<StoredStop>();

    public DbSet<StoredConnection> Connections => Set<StoredConnection>();

    public DbSet<StoredPayee> Payees => Set<StoredPayee>();

    public DbSet<PaymentOrderRow> PaymentOrders => Set<PaymentOrderRow>();

    public DbSet<QueueRow> Queue => Set<QueueRow>();

    public DbSet<EarlyHold> Holds => Set<EarlyHold>();

    public DbSet<SentUnit> Units => Set<SentUnit>();

    public DbSet<JournalLine> Journal => Set<JournalLine>();

    public DbSet<RecallLine> Recalls => Set<RecallLine>();

    public DbSet<RecordedAnswer> Answers => Set<RecordedAnswer>();

    public DbSet<Evidence> Evidence => Set<Evidence>();

    public DbSet<QueuedCallback> WaitingCallbacks => Set<QueuedCallback>();

    public DbSet<EvidenceFault> EvidenceFaults => Set<EvidenceFault>();

    public DbSet<UnmatchedReference> Unmatched => Set<UnmatchedReference>();

    public DbSet<ImportedStatement> Statements => Set<ImportedStatement>();

    public DbSet<ImportedStatementLine> StatementLines => Set<ImportedStatementLine>();

    /// <summary>
    /// Locks a channel's registration and its connection together, until the transaction ends. The later of the two
    /// sees the earlier, so one of them declares the abilities.
    /// </summary>
    internal Task LockConnectionAsync_NeedsTransaction(string channel, CancellationToken cancel) =>
        this.LockAsync($"connection.{channel}", cancel);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.StoreIds(typeof(EvidenceId).Assembly);
    }
}
