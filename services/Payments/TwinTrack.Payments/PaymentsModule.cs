using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Reconciliation.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Payments.Consumers;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Features;
using TwinTrack.Payments.Forced;
using TwinTrack.Payments.Funds;
using TwinTrack.Payments.Incidents;
using TwinTrack.Payments.Instructions;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Payments.Webhooks;
using TwinTrack.Platform;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments;

/// <summary>Registers everything that Payments needs in a host.</summary>
public sealed class PaymentsModule : IServiceModule
{
    public string Name => "payments";

    public IReadOnlyList<WordBinding> Words =>
    [
        WordBinding.Of<InstructionState>(typeof(InstructionStates)),
        WordBinding.Of<ReportOutcome>(typeof(ReportOutcomes)),
        WordBinding.Of<Grade>(typeof(EvidenceGrades)),
        WordBinding.Of<IncidentKind>(typeof(IncidentKinds), IncidentKinds.ForcedMove),
        WordBinding.Of<Domain.FreeingEvidence>(typeof(Contracts.Words.FreeingEvidence)),
        WordBinding.Of<Party>(typeof(Parties)),
    ];

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddDatabase<PaymentsDb>(Name);
        builder.Services.AddApiExamples(Name, PaymentExamples.All);
        builder.Services.AddSingleton<IObservation, PaymentsObservation>();
        builder.Services.AddScoped<UnpaidQuery>();
        builder.Services.AddScoped<FollowUpQuery>();
        builder.Services.AddScoped<BatchBuilder>();
        builder.Services.AddScoped<ReturnAccounting>();
        builder.Services.AddScoped<CreateBatch.Handler>();
        builder.Services.AddScoped<InstructionStateWriter>();
        builder.Services.AddScoped<FundMovementWriter>();
        builder.Services.AddScoped<InstructionRelease>();
        builder.Services.AddScoped<IncidentTracking>();
        builder.Services.AddScoped<IncidentAccounting>();
        builder.Services.AddScoped<IncidentAuthorization>();
        builder.Services.AddScoped<ForcedMoveExecution>();
        builder.Services.AddScoped<ReleaseBatch.Handler>();
        builder.Services.AddScoped<EndBatch.Handler>();
        builder.Services.AddSingleton(provider => WebhookSettings.From(provider.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton<WebhookSender>();
        builder.Services.AddSingleton<SubscriberSecrets>();
        builder.Services.AddScoped<SubscriberEventRecorder>();
        builder.Services.AddJob<PaymentsDb, CheckReceivedCycleJob>(CheckReceivedCycleJob.Kind);
        builder.Services.AddJob<PaymentsDb, PlanBatchJob>(PlanBatchJob.Kind);
        builder.Services.AddJob<PaymentsDb, FreeBatchJob>(FreeBatchJob.Kind);
        builder.Services.AddJob<PaymentsDb, DispatchBatchJob>(DispatchBatchJob.Kind);
        builder.Services.AddJob<PaymentsDb, PlanFurtherAttemptsJob>(PlanFurtherAttemptsJob.Kind);
        builder.Services.AddJob<PaymentsDb, CountDispositionsJob>(CountDispositionsJob.Kind);
        builder.Services.AddJob<PaymentsDb, StartMoveJob>(StartMoveJob.Kind);
        builder.Services.AddJob<PaymentsDb, DeliverEventsJob>(DeliverEventsJob.Kind);
    }

    public void AddConsumers(IBusRegistrationConfigurator bus) => new Consumers<PaymentsDb>(bus, Name)
        .Handle<EntitlementChunk, EntitlementChunkHandler>()
        .Handle<CycleClosed, CycleClosedHandler>()
        .Handle<InstructionsRouted, InstructionsRoutedHandler>()
        .Handle<RoutesChanged, RoutesChangedHandler>()
        .Handle<SuspensionChanged, SuspensionChangedHandler>()
        .Handle<InstructionsReported, InstructionsReportedHandler>()
        .Handle<CountDispositions, CountDispositionsHandler>()
        .Handle<StartMove, StartMoveHandler>()
        .Handle<EndMove, EndMoveHandler>()
        .Handle<BatchCertified, BatchCertifiedHandler>();

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var payments = routes.InTransactions<PaymentsDb>();
        DepositFunds.Map(payments);
        ListFunds.Map(payments);
        GetReceivedCycle.Map(payments);
        CreateBatch.Map(payments);
        GetBatch.Map(payments);
        ApproveBatch.Map(payments);
        RefuseBatch.Map(payments);
        CancelBatch.Map(payments);
        ReleaseBatch.Map(payments);
        GetBatchReport.Map(payments);
        ListFollowUpLines.Map(payments);
        GetPayment.Map(payments);
        ListIncidents.Map(payments);
        GetIncident.Map(payments);
        AssignIncident.Map(payments);
        ClaimLoss.Map(payments);
        RecordRecovery.Map(payments);
        ProposeIncidentWriteOff.Map(payments);
        CloseIncident.Map(payments);
        DecideIncident.Map(payments);
        ListForceableInstructions.Map(payments);
        ProposeForcedMove.Map(payments);
        DecideForcedMove.Map(payments);
        CreateSubscriber.Map(payments);
        RotateSubscriberSecret.Map(payments);
        EnableSubscriber.Map(payments);
        ListSubscribers.Map(payments);
        ReplayDeliveries.Map(payments);
        routes.MapMessages<PaymentsDb>();
        routes.MapAudit<PaymentsDb>();
    }
}
