using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TwinTrack.Running;

/// <summary>
/// Ports for programs that start later, and restart at the same port after a kill. They are below the range for
/// outgoing connections (from 32768 on Linux, from 49152 elsewhere). Otherwise an outgoing connection could hold the
/// port when its program restarts.
/// </summary>
internal static class FreePort
{
    private const int First = 15_000;
    private const int End = 32_000;
    private static readonly Dictionary<int, Socket?> Given = [];

    /// <summary>
    /// An address on loopback that nothing listens on now. No other running process has been given it, so a server may
    /// stop and start again there.
    /// </summary>
    public static Uri Next() => new($"http://{NextEndPoint()}");

    /// <inheritdoc cref="Next"/>
    public static IPEndPoint NextEndPoint()
    {
        while (true)
        {
            var place = new IPEndPoint(IPAddress.Loopback, RandomNumberGenerator.GetInt32(First, End));
            lock (Given)
            {
                if (!Given.ContainsKey(place.Port) && IsFree(place) && Claim(place.Port, out var claim))
                {
                    Given.Add(place.Port, claim);
                    return place;
                }
            }
        }
    }

    /// <summary>
    /// Claims a port among all processes of this machine, until this one ends. A name in Linux's abstract namespace
    /// leaves no file behind. Elsewhere nothing is claimed.
    /// </summary>
    private static bool Claim(int port, out Socket? claim)
    {
        claim = null;
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(Invariant($"\0twintrack.port.{port}")));
            claim = socket;
            return true;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return false;
        }
    }

    /// <summary>
    /// Whether nothing listens at an address now. A host name other than <c>localhost</c> is not looked up.
    /// </summary>
    public static bool IsFree(Uri address)
    {
        var host = address.Host == "localhost" ? IPAddress.Loopback : null;
        return (host is null && !IPAddress.TryParse(address.DnsSafeHost, out host))
            || IsFree(new IPEndPoint(host, address.Port));
    }

    private static bool IsFree(IPEndPoint place)
    {
        try
        {
            using var socket = new TcpListener(place);
            socket.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
