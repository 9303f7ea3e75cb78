using System.Net;
using System.Net.Sockets;

namespace TwinTrack.Cli.Running;

internal static class FreePort
{
    private static readonly HashSet<int> Given = [];

    /// <summary>An address on loopback that nothing listens on now, and that this process has not given before.</summary>
    public static Uri Next() => new($"http://{NextEndPoint()}");

    /// <inheritdoc cref="Next"/>
    public static IPEndPoint NextEndPoint()
    {
        while (true)
        {
            using var socket = new TcpListener(IPAddress.Loopback, 0);
            socket.Start();
            var port = ((IPEndPoint)socket.LocalEndpoint).Port;
            lock (Given)
            {
                if (Given.Add(port))
                {
                    return new IPEndPoint(IPAddress.Loopback, port);
                }
            }
        }
    }
}
