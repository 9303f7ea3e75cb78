using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Reconciliation.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Payments.Consumers;
using TwinTrack.Payments.Features;
using TwinTrack.Payments.Forced;
using TwinTrack.Payments.Incidents;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Payments.Webhooks;
using TwinTrack.Platform;
using TwinTrack.Platform.Observation;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments;

/// <summary>Everything Payments brings to a host, on one screen.</summary>
public sealed class PaymentsModule : IServiceModule
{
    public string Name => "payments";

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddDatabase<PaymentsDb>(Name);
        builder.Services.AddApiExamples(Name, PaymentExamples.All);
        builder.Services.AddSingleton<IObservation, PaymentsObservation>();
        builder.Services.AddScoped<Dispatch>();
        builder.Services.AddScoped<IncidentDesk>();
        builder.Services.AddScoped<IncidentBook>();
        builder.Services.AddScoped<IncidentDoor>();
        builder.Services.AddScoped<ForcedMoveBook>();
        builder.Services.AddScoped<ReleaseBatch.Handler>();
        builder.Services.AddSingleton(provider => WebhookSettings.From(provider.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton<WebhookSender>();
        builder.Services.AddSingleton<SubscriberSecrets>();
        builder.Services.AddScoped<EventBook>();
        builder.Services.AddJob<PaymentsDb, CheckCycle>(CheckCycle.Kind);
        builder.Services.AddJob<PaymentsDb, PlanBatch>(PlanBatch.Kind);
        builder.Services.AddJob<PaymentsDb, FreeBatch>(FreeBatch.Kind);
        builder.Services.AddJob<PaymentsDb, DispatchBatch>(DispatchBatch.Kind);
        builder.Services.AddJob<PaymentsDb, PlanAgain>(PlanAgain.Kind);
        builder.Services.AddJob<PaymentsDb, AnswerDispositions>(AnswerDispositions.Kind);
        builder.Services.AddJob<PaymentsDb, BeginMove>(BeginMove.Kind);
        builder.Services.AddJob<PaymentsDb, DeliverJob>(DeliverJob.Kind);
    }

    public void AddConsumers(IBusRegistrationConfigurator bus) => new Consumers<PaymentsDb>(bus, Name)
        .Handle<EntitlementChunk, EntitlementChunkHandler>()
        .Handle<CycleClosed, CycleClosedHandler>()
        .Handle<InstructionsRouted, InstructionsRoutedHandler>()
        .Handle<InstructionsReported, InstructionsReportedHandler>()
        .Handle<CountDispositions, CountDispositionsHandler>()
        .Handle<MoveFreed, MoveFreedHandler>()
        .Handle<EndMove, EndMoveHandler>()
        .Handle<BatchCertified, BatchCertifiedHandler>();

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var payments = routes.InTransactions<PaymentsDb>();
        DepositFunds.Map(payments);
        ListFunds.Map(payments);
        ShowCycle.Map(payments);
        CreateBatch.Map(payments);
        ShowBatch.Map(payments);
        ApproveBatch.Map(payments);
        RefuseBatch.Map(payments);
        CancelBatch.Map(payments);
        ReleaseBatch.Map(payments);
        ReportBatch.Map(payments);
        ShowPayment.Map(payments);
        ListIncidents.Map(payments);
        ShowIncident.Map(payments);
        TakeIncident.Map(payments);
        ClaimLoss.Map(payments);
        RecordRecovery.Map(payments);
        ProposeWriteOff.Map(payments);
        CloseIncident.Map(payments);
        DecideIncident.Map(payments);
        ListForceable.Map(payments);
        ProposeForcedMove.Map(payments);
        DecideForcedMove.Map(payments);
        AddSubscriber.Map(payments);
        RotateSecret.Map(payments);
        SwitchSubscriber.Map(payments);
        ListSubscribers.Map(payments);
        ReplayDeliveries.Map(payments);
        routes.MapMessages<PaymentsDb>();
        routes.MapAudit<PaymentsDb>();
    }
}
