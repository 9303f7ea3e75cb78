using TwinTrack.Contracts;
using TwinTrack.Providers;
using TwinTrack.Platform;

await TwinTrackHost.RunAsync(args, Topology.Arrows, new ProvidersModule());
