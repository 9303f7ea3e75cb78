using TwinTrack.Contracts;
using TwinTrack.Enrolments;
using TwinTrack.Platform;

await TwinTrackHost.RunAsync(args, Topology.Arrows, new EnrolmentsModule());
