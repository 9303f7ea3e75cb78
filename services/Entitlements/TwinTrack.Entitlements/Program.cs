using TwinTrack.Contracts;
using TwinTrack.Entitlements;
using TwinTrack.Platform;

await TwinTrackHost.RunAsync(args, Topology.Arrows, new EntitlementsModule());
