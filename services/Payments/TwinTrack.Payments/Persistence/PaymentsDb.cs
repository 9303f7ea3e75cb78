using Microsoft.EntityFrameworkCore;
using TwinTrack.Payments.Domain;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Persistence;

internal sealed class PaymentsDb(DbContextOptions<PaymentsDb> options) : ServiceDb(options)
{
    public DbSet<ReceivedCycle> ReceivedCycles => Set<ReceivedCycle>();

    public DbSet<ReceivedCycleChunk> CycleChunks => Set<ReceivedCycleChunk>();

    public DbSet<Obligation> Obligations => Set<Obligation>();

    public DbSet<ObligationClaim> Claims => Set<ObligationClaim>();

    public DbSet<Instruction> Instructions => Set<Instruction>();

    public DbSet<ReportEntry> ReportEntries => Set<ReportEntry>();

    public DbSet<Batch> Batches => Set<Batch>();

    public DbSet<Approval> Approvals => Set<Approval>();

    public DbSet<Fund> Funds => Set<Fund>();

    public DbSet<FundMovement> FundMovements => Set<FundMovement>();

    public DbSet<Incident> Incidents => Set<Incident>();

    public DbSet<IncidentMovement> IncidentMovements => Set<IncidentMovement>();

    public DbSet<Move> Moves => Set<Move>();

    public DbSet<RouteChange> RouteChanges => Set<RouteChange>();

    public DbSet<KnownSuspension> Suspensions => Set<KnownSuspension>();

    public DbSet<ForcedMove> ForcedMoves => Set<ForcedMove>();

    public DbSet<Subscriber> Subscribers => Set<Subscriber>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.StoreIds(typeof(IncidentId).Assembly);
    }
}
