using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace CountingKit.Testing.Portal;

/// <summary>
/// A port that stays free while its owner is down: below those that the system lends to outgoing connections.
/// </summary>
internal static class FreePort
{
    private const int Lowest = 20_000;
    private const int Highest = 30_000;

    public static int Find()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(Lowest, Highest);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it: the next number may be free.
            }
        }
    }
}
