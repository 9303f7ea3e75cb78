using TwinTrack.Contracts;
using TwinTrack.Platform;
using TwinTrack.Reconciliation;

await TwinTrackHost.RunAsync(args, Topology.Arrows, new ReconciliationModule());
