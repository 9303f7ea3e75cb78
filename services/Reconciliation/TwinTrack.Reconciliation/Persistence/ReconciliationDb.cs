using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Storage;
using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Reconciliation.Persistence;

internal sealed class ReconciliationDb(DbContextOptions<ReconciliationDb> options) : ServiceDb(options)
{
    public DbSet<ReleasedBatch> Batches => Set<ReleasedBatch>();

    public DbSet<Expectation> Expectations => Set<Expectation>();

    public DbSet<AppliedStateChange> AppliedStateChanges => Set<AppliedStateChange>();

    public DbSet<BookedFundMovement> FundsMovements => Set<BookedFundMovement>();

    public DbSet<BookedIncidentMovement> IncidentBookings => Set<BookedIncidentMovement>();

    public DbSet<LedgerTransaction> LedgerTransactions => Set<LedgerTransaction>();

    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();

    public DbSet<Statement> Statements => Set<Statement>();

    public DbSet<StatementPart> StatementParts => Set<StatementPart>();

    public DbSet<StatementLine> StatementLines => Set<StatementLine>();

    public DbSet<Break> Breaks => Set<Break>();

    public DbSet<SignedAddendum> Addenda => Set<SignedAddendum>();

    public DbSet<FollowedObligation> FollowedObligations => Set<FollowedObligation>();

    /// <summary>
    /// The statement, with its row locked until the transaction ends. So parts that arrive together are counted one
    /// after another. Null when no part has arrived.
    /// </summary>
    public async Task<Statement?> LockStatementAsync(StatementId id, CancellationToken cancel)
    {
        await Statements.Where(statement => statement.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(statement => statement.Version, statement => statement.Version),
                cancel);
        return await Statements.SingleOrDefaultAsync(statement => statement.Id == id, cancel);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.StoreIds(typeof(BreakId).Assembly);
    }
}
