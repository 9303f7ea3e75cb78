using TwinTrack.Contracts;
using TwinTrack.Gateway;
using TwinTrack.Gateway.Ingress;
using TwinTrack.Platform;

if (TwinTrackHost.IsVerb(args))
{
    await TwinTrackHost.RunAsync(args, Topology.Arrows, new GatewayModule());
    return;
}

TwinTrackHost.UseInvariantCulture();
await using var app =
    TwinTrackHost.Build(args, Topology.Arrows, [new GatewayModule()], static services => services.AddServiceProxy());
app.MapServiceProxy();
await app.RunAsync();
