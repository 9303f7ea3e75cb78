using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Persistence;

internal sealed class ProvidersDb(DbContextOptions<ProvidersDb> options) : ServiceDb(options)
{
    public DbSet<Gate> Gates => Set<Gate>();

    public DbSet<StoredConnection> Connections => Set<StoredConnection>();

    public DbSet<KnownPayee> Payees => Set<KnownPayee>();

    public DbSet<Submission> Submissions => Set<Submission>();

    public DbSet<Waiting> Queue => Set<Waiting>();

    public DbSet<Hold> Holds => Set<Hold>();

    public DbSet<SentUnit> Units => Set<SentUnit>();

    public DbSet<JournalLine> Journal => Set<JournalLine>();

    public DbSet<RecallLine> Recalls => Set<RecallLine>();

    public DbSet<LearnedAnswer> Answers => Set<LearnedAnswer>();

    public DbSet<Evidence> Evidence => Set<Evidence>();

    public DbSet<WaitingCallback> WaitingCallbacks => Set<WaitingCallback>();

    public DbSet<EvidenceFault> EvidenceFaults => Set<EvidenceFault>();

    public DbSet<UnmatchedReference> Unmatched => Set<UnmatchedReference>();

    public DbSet<ImportedStatement> Statements => Set<ImportedStatement>();

    public DbSet<ImportedLine> StatementLines => Set<ImportedLine>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.StoreIds(typeof(EvidenceId).Assembly);
    }
}
