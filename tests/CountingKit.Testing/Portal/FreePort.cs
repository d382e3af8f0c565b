using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace CountingKit.Testing.Portal;

/// <summary>
/// A port that stays free while its owner is down: below those that the system lends to outgoing connections and those that
/// sandboxes choose from, above the last one that browsers refuse (10080), and given to nobody else of these tests.
/// </summary>
internal static class FreePort
{
    private const int Lowest = 10_100;
    private const int Highest = 15_000;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static int Find()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(Lowest, Highest);
            if (!Given.TryAdd(port, true)) continue;
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
