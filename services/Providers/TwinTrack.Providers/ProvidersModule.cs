using MassTransit;
using TwinTrack.Contracts.Enrolments.V1;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Platform;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Providers.Agency;
using TwinTrack.Providers.Answers;
using TwinTrack.Providers.Bank;
using TwinTrack.Providers.Callbacks;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Consumers;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Features;
using TwinTrack.Providers.Features.Partner;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.MobileMoney;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers;

/// <summary>Registers everything that Providers needs in a host.</summary>
public sealed class ProvidersModule : IServiceModule
{
    public string Name => "providers";

    public IReadOnlyList<WordBinding> Words =>
    [
        WordBinding.Of<ReportOutcome>(typeof(ReportOutcomes)),
        WordBinding.Of<Grade>(typeof(EvidenceGrades)),
    ];

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddDatabase<ProvidersDb>(Name);
        builder.Services.AddApiExamples(Name, ProviderExamples.All);
        var services = builder.Services;
        services.AddSingleton<IObservation, ProvidersObservation>();
        services.AddSingleton(provider => ProviderSealers.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<AdapterRegistry>();
        services.AddSingleton<IProviderAdapter>(
            provider => new BankAdapter(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IProviderAdapter>(
            provider => new AgencyAdapter(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IProviderAdapter>(
            // No time-out here. Each call has its own limit, which tells our time-out from the operator's silence.
            provider => new MobileMoneyAdapter(
                MobileMoneyAdapter.NoRedirects(), Timeout.InfiniteTimeSpan,
                provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<ChannelConnections>();
        services.AddScoped<AbilityDeclarations>();
        services.AddScoped<PayeeQuery>();
        services.AddScoped<UnitBuilder>();
        services.AddScoped<InterruptedUnits>();
        services.AddScoped<Recaller>();
        services.AddScoped<ScopeRecall>();
        services.AddScoped<VerdictWriter>();
        services.AddScoped<ReadingApplication>();
        services.AddScoped<EvidenceStore>();
        services.AddScoped<RowCheck>();
        services.AddScoped<DocumentReader>();
        services.AddScoped<OrderReferences>();
        services.AddSingleton<CallbackSettingsCache>();
        services.AddSingleton<CallbackMemoryLimit>();
        services.AddSingleton<CallbackQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<CallbackQueue>());
        services.AddSingleton<CallbackReceiver>();
        services.AddScoped<CallbackHintWriter>();
        services.AddScoped<StatementMatcher>();
        services.AddScoped<PartnerAuthorization>();
        services.AddScoped<GetTranche.Handler>();
        services.AddScoped<PutPartnerAnswer.Handler>();
        services.AddScoped<PutConnection.Handler>();
        services.AddScoped<ImportStatement.Handler>();
        services.AddJob<ProvidersDb, SubmitJob>(JobKinds.Submit);
        services.AddJob<ProvidersDb, StatusQueryJob>(JobKinds.Ask);
        services.AddJob<ProvidersDb, CallbackJob>(JobKinds.Callbacks);
        services.AddJob<ProvidersDb, StopJob>(JobKinds.Stop);
        services.AddJob<ProvidersDb, HoldJob>(JobKinds.Hold);
        services.AddJob<ProvidersDb, StatementJob>(JobKinds.Statement);
    }

    public void AddConsumers(IBusRegistrationConfigurator bus) => new Consumers<ProvidersDb>(bus, Name)
        .Handle<RegisterChannel, RegisterChannelHandler>()
        .Handle<FenceChannel, FenceChannelHandler>()
        .Handle<OpenChannel, OpenChannelHandler>()
        .Handle<PayeeChunk, PayeeChunkHandler>()
        .Handle<SubmitInstructions, SubmitInstructionsHandler>()
        .Handle<HoldInstruction, HoldInstructionHandler>()
        .Handle<StopScope, StopScopeHandler>();

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var providers = routes.InTransactions<ProvidersDb>();
        PutConnection.Map(providers);
        ListConnections.Map(providers);
        ListGates.Map(providers);
        ProbeChannel.Map(providers);
        ListEvidence.Map(providers);
        GetEvidenceReport.Map(providers);
        GetPaymentOrder.Map(providers);
        // Mapped without the transaction filter. It would open a database context for each callback, and thousands come
        // a second.
        ReceiveCallback.Map(routes);
        ReceiveChannelCallback.Map(routes);
        ImportStatement.Map(providers);
        GetStatement.Map(providers);
        ListTranches.Map(providers);
        GetTranche.Map(providers);
        PutPartnerAnswer.Map(providers);
        GetPartnerAnswer.Map(providers);
        routes.MapMessages<ProvidersDb>();
        routes.MapAudit<ProvidersDb>();
    }
}
