using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TwinTrack.Contracts.Entitlements.V1;
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
using TwinTrack.Routing.Consumers;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Features;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing;

/// <summary>Registers everything that Routing needs in a host.</summary>
public sealed class RoutingModule : IServiceModule
{
    public string Name => "routing";

    public IReadOnlyList<WordBinding> Words =>
    [
        WordBinding.Of<CountedState>(typeof(InstructionStates)),
        WordBinding.Of<Instrument>(typeof(Instruments)),
        WordBinding.Of<DataField>(typeof(DisclosedFields)),
        WordBinding.Of<Party>(typeof(Parties)),
    ];

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddDatabase<RoutingDb>(Name);
        builder.Services.AddApiExamples(Name, RoutingExamples.All);
        builder.Services.AddSingleton<IObservation, RoutingObservation>();
        builder.Services.AddSingleton<IInterceptor, RouteChangeSignal>();
        builder.Services.AddSingleton<RuleQuery>();
        builder.Services.AddScoped<RoutingFactsQuery>();
        builder.Services.AddScoped<CeilingCapacityQuery>();
        builder.Services.AddScoped<GateCommands>();
        builder.Services.AddScoped<SwitchCounts>();
        builder.Services.AddScoped<SwitchClocks>();
        builder.Services.AddScoped<RehearsalStore>();
        builder.Services.AddScoped<PauseReviews>();
        builder.Services.AddScoped<ScopeStops>();
        builder.Services.AddScoped<Suspensions>();
        builder.Services.AddScoped<SwitchBallotStep>();
        builder.Services.AddScoped<SwitchStopStep>();
        builder.Services.AddScoped<SwitchMoveStep>();
        builder.Services.AddJob<RoutingDb, GateSweepJob>(GateSweepJob.Kind);
        builder.Services.AddJob<RoutingDb, SwitchJob>(SwitchJob.Kind);
        builder.Services.AddJob<RoutingDb, SwitchClock>(SwitchClock.Kind);
        builder.Services.AddJob<RoutingDb, ScenarioJob>(ScenarioJob.Kind);
        builder.Services.AddJob<RoutingDb, PauseReviewSweep>(PauseReviewSweep.Kind);
        builder.Services.AddJob<RoutingDb, SuspensionJob>(SuspensionJob.Kind);
        builder.Services.AddJob<RoutingDb, OpeningHoursJob>(OpeningHoursJob.Kind);
        builder.Services.AddJob<RoutingDb, AbilitiesJob>(AbilitiesJob.Kind);
    }

    public void AddConsumers(IBusRegistrationConfigurator bus) => _ = new Consumers<RoutingDb>(bus, Name)
        .Handle<CycleClosed, CycleClosedHandler>()
        .Handle<RouteInstructions, RouteInstructionsHandler>()
        .Handle<DispositionsCounted, DispositionsCountedHandler>()
        .Handle<MoveRefused, MoveRefusedHandler>()
        .Handle<ChannelAbilitiesDeclared, ChannelAbilitiesDeclaredHandler>()
        .Handle<ChannelFenced, ChannelFencedHandler>()
        .Handle<ChannelOpened, ChannelOpenedHandler>()
        .Handle<ScopeStopped, ScopeStoppedHandler>();

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var inside = routes.InTransactions<RoutingDb>();
        PutChannel.Map(inside);
        ListChannels.Map(inside);
        PauseChannel.Map(inside);
        ResumeChannel.Map(inside);
        SuspendTrack.Map(inside);
        ResumeTrack.Map(inside);
        ListSuspensions.Map(inside);
        GetSuspension.Map(inside);
        SetTable.Map(inside);
        GetTable.Map(inside);
        SetRule.Map(inside);
        EndRule.Map(inside);
        ListRules.Map(inside);
        GetReadiness.Map(inside);
        SetProtocol.Map(inside);
        GetProtocol.Map(inside);
        ListProtocols.Map(inside);
        ProposeSwitch.Map(inside);
        RehearseSwitch.Map(inside);
        CastVote.Map(inside);
        WithdrawVote.Map(inside);
        CreateScenario.Map(inside);
        ListRehearsals.Map(inside);
        GetRehearsal.Map(inside);
        CompareRehearsals.Map(inside);
        RatifySwitch.Map(inside);
        ListReviews.Map(inside);
        DecideReview.Map(inside);
        WithdrawSwitch.Map(inside);
        AbortSwitch.Map(inside);
        CloseSwitch.Map(inside);
        ListSwitches.Map(inside);
        GetSwitch.Map(inside);
        routes.MapMessages<RoutingDb>();
        routes.MapAudit<RoutingDb>();
    }
}
