namespace TwinTrack.Running;

/// <summary>A program cannot be started, or ended too early. The message says why, and what to do.</summary>
internal sealed class CannotRunException(string message) : Exception(message);
