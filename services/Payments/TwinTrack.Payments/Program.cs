using TwinTrack.Contracts;
using TwinTrack.Payments;
using TwinTrack.Platform;

await TwinTrackHost.RunAsync(args, Topology.Arrows, new PaymentsModule());
