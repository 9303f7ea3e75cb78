using System.Net;

namespace TwinTrack.Proving.Systems;

/// <summary>What a stack is made of.</summary>
/// <param name="Data">Everything is kept under it; made if absent.</param>
/// <param name="Logs">One file a process.</param>
/// <param name="Address">Where the gateway listens.</param>
/// <param name="Copies">Of each service, 1 to <see cref="CopiesMax"/>.</param>
internal sealed record StackOptions(string Data, string Logs, Uri Address, int Copies)
{
    public const int CopiesMax = 4;

    /// <summary>
    /// The address that a process gets for a server: the real address, or that of a proxy. Called at each start of each
    /// process with process name, <c>postgres</c> or <c>rabbitmq</c>, and the real address.
    /// </summary>
    public Func<string, string, IPEndPoint, IPEndPoint> Seen { get; init; } = static (_, _, real) => real;

    /// <summary>More configuration for every service and the gateway.</summary>
    public IReadOnlyList<(string Key, string Value)> Settings { get; init; } = [];

    /// <summary>What is told while it starts, a line a step.</summary>
    public Action<string> Tell { get; init; } = static _ => { };
}
