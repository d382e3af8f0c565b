using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CountingKit.Sandbox.Hosting;

/// <summary>The three loopback ports. Picked once and remembered once it listens, so that links in a portal stay good.</summary>
internal sealed record SandboxPorts(int Xero, int Google, int Control)
{
    [JsonIgnore]
    public Uri XeroAddress => Loopback(Xero);
    [JsonIgnore]
    public Uri GoogleAddress => Loopback(Google);
    [JsonIgnore]
    public Uri ControlAddress => Loopback(Control);

    public static SandboxPorts Settle(SandboxOptions options)
    {
        var file = FileIn(options);
        var known = File.Exists(file)
            ? JsonSerializer.Deserialize<SandboxPorts>(File.ReadAllText(file))
            : null;

        HashSet<int> taken = [options.Ports.Xero, options.Ports.Google, options.Ports.Control];
        return new SandboxPorts(
            Choose(options.Ports.Xero, known?.Xero, taken),
            Choose(options.Ports.Google, known?.Google, taken),
            Choose(options.Ports.Control, known?.Control, taken));
    }

    /// <summary>They are its own, now that it listens on them.</summary>
    public void Remember(SandboxOptions options)
    {
        var file = FileIn(options);
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(this));
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>Whether it has been here before: who remembers its ports finds it there, or nowhere.</summary>
    public static bool AreSettled(SandboxOptions options) => File.Exists(FileIn(options));

    private static string FileIn(SandboxOptions options) => Path.Combine(options.Data, "ports.json");

    private static int Choose(int asked, int? known, HashSet<int> taken)
    {
        var port = asked != 0 ? asked : known ?? Pick(taken);
        taken.Add(port);
        return port;
    }

    /// <summary>Below the range that systems hand to outgoing calls, so that a remembered port stays free.</summary>
    private static int Pick(HashSet<int> taken)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = Random.Shared.Next(15_000, 32_000);
            if (!taken.Contains(port) && IsFree(port)) return port;
        }

        throw new InvalidOperationException("No free loopback port was found between 15000 and 31999.");
    }

    private static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException e)
            when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }

    private static Uri Loopback(int port) => new($"http://127.0.0.1:{port}");
}
