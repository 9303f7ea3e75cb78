using MassTransit;
using TwinTrack.Contracts.Enrolments.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Entitlements.Consumers;
using TwinTrack.Entitlements.Domain;
using TwinTrack.Entitlements.Features;
using TwinTrack.Entitlements.Jobs;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Platform;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Entitlements;

/// <summary>Registers everything that Entitlements needs in a host.</summary>
public sealed class EntitlementsModule : IServiceModule
{
    public string Name => "entitlements";

    public IReadOnlyList<WordBinding> Words => [WordBinding.Of<Instrument>(typeof(Instruments))];

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddDatabase<EntitlementsDb>(Name);
        builder.Services.AddApiExamples(Name, EntitlementExamples.All);
        builder.Services.AddJob<EntitlementsDb, AwaitCaseloadJob>(AwaitCaseloadJob.Kind);
        builder.Services.AddJob<EntitlementsDb, Jobs.CloseCycleJob>(Jobs.CloseCycleJob.Kind);
        builder.Services.AddScoped<DefineProgramme.Handler>();
        builder.Services.AddScoped<AddParameters.Handler>();
        builder.Services.AddScoped<OpenCycle.Handler>();
        builder.Services.AddScoped<Features.CloseCycle.Handler>();
        builder.Services.AddScoped<CancelCycle.Handler>();
    }

    public void AddConsumers(IBusRegistrationConfigurator bus) => new Consumers<EntitlementsDb>(bus, Name)
        .Handle<CaseloadChunk, CaseloadChunkHandler>()
        .Handle<CaseloadEnded, CaseloadEndedHandler>();

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var inTransactions = routes.InTransactions<EntitlementsDb>();
        DefineProgramme.Map(inTransactions);
        GetProgramme.Map(inTransactions);
        AddParameters.Map(inTransactions);
        GetParameters.Map(inTransactions);
        OpenCycle.Map(inTransactions);
        ListCycles.Map(inTransactions);
        GetCycle.Map(inTransactions);
        Features.CloseCycle.Map(inTransactions);
        CancelCycle.Map(inTransactions);
        ListCalculationFailures.Map(inTransactions);
        ListEntitlements.Map(inTransactions);
        GetEntitlement.Map(inTransactions);
        routes.MapMessages<EntitlementsDb>();
        routes.MapAudit<EntitlementsDb>();
    }
}
