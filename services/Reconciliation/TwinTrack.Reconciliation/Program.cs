using TwinTrack.Contracts;
using TwinTrack.Reconciliation;
using TwinTrack.Platform;

await TwinTrackHost.RunAsync(args, Topology.Arrows, new ReconciliationModule());
