using MassTransit;
using TwinTrack.Gateway.Accounts;
using TwinTrack.Gateway.Features;
using TwinTrack.Gateway.Ingress;
using TwinTrack.Gateway.Persistence;
using TwinTrack.Platform;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Gateway;

/// <summary>
/// Registers everything that the gateway needs in a host. Program.cs adds the proxy to other processes, which a single
/// process does not need.
/// </summary>
public sealed class GatewayModule : IServiceModule
{
    public string Name => "auth";

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddDatabase<GatewayDb>(Name);
        builder.Services.AddApiExamples(Name, AccountExamples.All);
        builder.Services.AddSingleton<TokenIssuer>();
        builder.Services.AddScoped<CredentialCheck>();
        builder.Services.AddHostedService<InitialAccounts>();
        builder.AddShield();
    }

    public void AddConsumers(IBusRegistrationConfigurator bus) => _ = new Consumers<GatewayDb>(bus, Name);

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        IssueToken.Map(routes);
        GetCurrentUser.Map(routes);
        ChangePassword.Map(routes);
        CreateUser.Map(routes);
        ChangeUser.Map(routes);
        ListUsers.Map(routes);
        routes.MapMessages<GatewayDb>();
        routes.MapAudit<GatewayDb>();
    }

    public void MapRoot(IEndpointRouteBuilder root) => root.MapApiReference();
}
