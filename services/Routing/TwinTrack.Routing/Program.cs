using TwinTrack.Contracts;
using TwinTrack.Platform;
using TwinTrack.Routing;

await TwinTrackHost.RunAsync(args, Topology.Arrows, new RoutingModule());
