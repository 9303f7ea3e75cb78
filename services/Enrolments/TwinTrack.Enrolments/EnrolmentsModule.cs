using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Enrolments.Consumers;
using TwinTrack.Enrolments.Features;
using TwinTrack.Enrolments.Jobs;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Platform;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Enrolments;

/// <summary>Registers everything that Enrolments needs in a host.</summary>
public sealed class EnrolmentsModule : IServiceModule
{
    public string Name => "enrolments";

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddDatabase<EnrolmentsDb>(Name);
        builder.Services.AddApiExamples(Name, EnrolmentExamples.All);
        builder.Services.AddSingleton<Uploads>();
        builder.Services.AddSingleton<HouseholdSealing>();

        builder.Services.AddScoped<ImportAreas.Handler>();
        builder.Services.AddScoped<ReceiveImport.Handler>();
        builder.Services.AddScoped<EnrolHouseholds.Handler>();
        builder.Services.AddScoped<ChangeEnrolment.Handler>();
        builder.Services.AddScoped<DecideDuplicate.Handler>();
        builder.Services.AddScoped<GetHousehold.Handler>();

        builder.Services.AddJob<EnrolmentsDb, ImportJob>(ImportJob.Kind);
        builder.Services.AddScoped<StageHouseholdsStep>();
        builder.Services.AddScoped<FlagDuplicatesStep>();
        builder.Services.AddScoped<ClearStagedRowsJob>();
        builder.Services.AddJob<EnrolmentsDb, EnrolJob>(EnrolJob.Kind);
        builder.Services.AddJob<EnrolmentsDb, CaseloadJob>(CaseloadJob.Kind);
    }

    public void AddConsumers(IBusRegistrationConfigurator bus) =>
        new Consumers<EnrolmentsDb>(bus, Name).Handle<RequestCaseload, RequestCaseloadHandler>();

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var transactions = routes.InTransactions<EnrolmentsDb>();
        ImportAreas.Map(transactions);
        ListAreas.Map(transactions);
        ReceiveImport.Map(transactions);
        GetImport.Map(transactions);
        ListImportErrors.Map(transactions);
        EnrolHouseholds.Map(transactions);
        GetEnrolmentRun.Map(transactions);
        ChangeEnrolment.Map(transactions);
        ListDuplicates.Map(transactions);
        DecideDuplicate.Map(transactions);
        GetHousehold.Map(transactions);
        routes.MapMessages<EnrolmentsDb>();
        routes.MapAudit<EnrolmentsDb>();
    }
}
