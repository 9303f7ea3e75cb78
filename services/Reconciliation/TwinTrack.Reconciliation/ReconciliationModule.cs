using MassTransit;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Platform;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Reconciliation.Consumers;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Features;
using TwinTrack.Reconciliation.Jobs;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation;

/// <summary>Registers everything that Reconciliation needs in a host.</summary>
public sealed class ReconciliationModule : IServiceModule
{
    public string Name => "reconciliation";

    public IReadOnlyList<WordBinding> Words =>
    [
        WordBinding.Of<InstructionState>(typeof(InstructionStates)),
        WordBinding.Of<FundMovementKind>(typeof(FundMovements)),
        WordBinding.Of<IncidentMovementKind>(typeof(IncidentMovements)),
        WordBinding.Of<IncidentKind>(typeof(IncidentKinds)),
        WordBinding.Of<LineKind>(typeof(StatementLineKinds)),
        WordBinding.Of<Party>(typeof(Parties)),
    ];

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddDatabase<ReconciliationDb>(Name);
        builder.Services.AddApiExamples(Name, ReconciliationExamples.All);
        builder.Services.AddSingleton<IObservation, ReconciliationObservation>();
        builder.Services.AddScoped<Ledger>();
        builder.Services.AddJob<ReconciliationDb, MatchStatementsJob>(MatchStatementsJob.Kind);
        builder.Services.AddJob<ReconciliationDb, ReviewBreaksJob>(ReviewBreaksJob.Kind);
        builder.Services.AddJob<ReconciliationDb, SignAddendumJob>(SignAddendumJob.Kind);
        builder.Services.AddScoped<CertifyBatch.Handler>();
        builder.Services.AddScoped<ResolveBreak.Handler>();
    }

    public void AddConsumers(IBusRegistrationConfigurator bus) => new Consumers<ReconciliationDb>(bus, Name)
        .Handle<InstructionStatesChanged, InstructionStatesChangedHandler>()
        .Handle<FundMovementRecorded, FundMovementRecordedHandler>()
        .Handle<IncidentMovementsRecorded, IncidentMovementsRecordedHandler>()
        .Handle<BatchReleased, BatchReleasedHandler>()
        .Handle<ObligationsTransferred, ObligationsTransferredHandler>()
        .Handle<BatchClosed, BatchClosedHandler>()
        .Handle<BatchNotClosed, BatchNotClosedHandler>()
        .Handle<StatementChunk, StatementChunkHandler>()
        .Handle<StatementEnded, StatementEndedHandler>();

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var inTransactions = routes.InTransactions<ReconciliationDb>();
        GetReconciledBatch.Map(inTransactions);
        CertifyBatch.Map(inTransactions);
        ListCertificateChanges.Map(inTransactions);
        GetReconciledStatement.Map(inTransactions);
        ListBreaks.Map(inTransactions);
        ResolveBreak.Map(inTransactions);
        GetLedger.Map(inTransactions);
        GetSettlement.Map(inTransactions);
        routes.MapMessages<ReconciliationDb>();
        routes.MapAudit<ReconciliationDb>();
    }
}
