namespace TwinTrack.Cli;

/// <summary>
/// What was asked cannot be done as asked; the message says why. Ends the program with <see cref="ExitCode.Refused"/>.
/// </summary>
internal sealed class UsageException(string message) : Exception(message);
