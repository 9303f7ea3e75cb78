using TwinTrack.Contracts;
using TwinTrack.Embedded;
using TwinTrack.Platform;

await TwinTrackHost.RunAsync(args, Topology.Arrows, AllModules.InReadingOrder());
