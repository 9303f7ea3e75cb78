using TwinTrack.Contracts;
using TwinTrack.Platform;
using TwinTrack.Providers;

await TwinTrackHost.RunAsync(args, Topology.Arrows, new ProvidersModule());
