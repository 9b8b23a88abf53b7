using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Orca.TestKit.Servers;

/// <summary>Ports of loopback for servers that come back on the same one: outside the range that outgoing connections are given.</summary>
internal static class Ports
{
    private const int First = 20_000;
    private const int Last = 32_000;

    public static int Free()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
