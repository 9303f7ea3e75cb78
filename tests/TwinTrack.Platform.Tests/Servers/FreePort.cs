using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TwinTrack.Platform.Tests.Servers;

/// <summary>
/// Ports for servers that a test stops and starts again: below the range from which the system takes the near end of
/// outgoing connections, one of which would else sit on the port just when its server is to come back.
/// </summary>
internal static class FreePort
{
    public static int Next()
    {
        while (true)
        {
            try
            {
                using var listener = new TcpListener(
                    IPAddress.Loopback, RandomNumberGenerator.GetInt32(15_000, 32_000));
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken: another.
            }
        }
    }
}
