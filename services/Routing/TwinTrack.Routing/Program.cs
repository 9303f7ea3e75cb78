using TwinTrack.Contracts;
using TwinTrack.Routing;
using TwinTrack.Platform;

await TwinTrackHost.RunAsync(args, Topology.Arrows, new RoutingModule());
