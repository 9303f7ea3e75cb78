namespace TwinTrack.ClaimRace;

/// <summary>Tells where this program lies.</summary>
public static class RaceProgram;
