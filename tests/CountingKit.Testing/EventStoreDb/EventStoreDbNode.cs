using CountingKit.Testing.EventStoreDb.Faults;
using CountingKit.Testing.EventStoreDb.Grpc;
using CountingKit.Testing.EventStoreDb.Log;
using CountingKit.Testing.EventStoreDb.Protocol.Gossip;
using CountingKit.Testing.Portal;
using Microsoft.AspNetCore.Builder;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>
/// A stand-in for an EventStoreDB server in this process: the wire protocol on a loopback port, the log in a folder.
/// It refuses what the real one refuses.
/// </summary>
public sealed class EventStoreDbNode : IAsyncDisposable
{
    public const string Host = "127.0.0.1";

    private readonly TempFolder? _own;
    private readonly EventStoreDbOptions _options;
    private readonly Func<EventStoreDbNode, IMembership>? _cluster;
    private readonly Guid _instance = Guid.CreateVersion7();
    private readonly Connections _connections = new();
    private WebApplication? _app;
    private long _eventsRead;

    internal EventStoreDbNode(
        string folder, int port, EventStoreDbOptions options, TempFolder? own, Func<EventStoreDbNode, IMembership>? cluster)
    {
        (Folder, Port, _options, _own, _cluster) = (folder, port, options, own, cluster);
    }

    public int Port { get; }

    /// <summary>What shall go wrong.</summary>
    public EventStoreDbFaults Faults { get; } = new();

    /// <summary>Base address, with a last slash.</summary>
    public Uri Address => new($"{(_options.Tls is null ? "http" : "https")}://{Host}:{Port}/");

    /// <summary>Without user and password.</summary>
    public string ConnectionString => $"esdb://{Host}:{Port}?{Security}";

    public string Folder { get; }

    public bool IsUp => _app is not null;

    internal string Security => _options.Tls is { } tls ? $"tlsCaFile={Uri.EscapeDataString(tls.AuthorityFile)}" : "tls=false";

    /// <summary>How many events stand in its log, its own included.</summary>
    public int Events => Log?.Index.Count ?? 0;

    /// <summary>How many events bounded reads were given so far; subscriptions are not counted.</summary>
    public long EventsRead => Interlocked.Read(ref _eventsRead);

    internal void HasGiven(long events) => Interlocked.Add(ref _eventsRead, events);

    /// <summary>Null while it is down.</summary>
    internal EventLog? Log { get; private set; }

    /// <summary>On a folder of its own, which goes when it is disposed.</summary>
    public static Task<EventStoreDbNode> Start(EventStoreDbOptions? options = null)
    {
        var own = new TempFolder();
        return Launched(new(own.Path, FreePort.Find(), options ?? EventStoreDbOptions.Insecure, own, null));
    }

    /// <summary>On a folder that is somebody else's, at any port.</summary>
    public static Task<EventStoreDbNode> StartOn(string folder, EventStoreDbOptions? options = null) =>
        Start(folder, FreePort.Find(), options);

    public static Task<EventStoreDbNode> Start(string folder, int port, EventStoreDbOptions? options = null) =>
        Launched(new(folder, port, options ?? EventStoreDbOptions.Insecure, null, null));

    /// <summary>The connection string of a user of it.</summary>
    public string ConnectionStringOf(string user) =>
        $"esdb://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(_options.Users![user].Password)}@{Host}:{Port}?{Security}";

    /// <summary>Cuts all connections and goes down. What was acknowledged stays in the folder.</summary>
    public async Task Stop()
    {
        if (_app is { } app)
        {
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            var stop = app.StopAsync(now.Token);
            _connections.CutAll();
            await stop;
            await app.DisposeAsync();
        }

        if (Log is { } log) await log.DisposeAsync();
        (_app, Log) = (null, null);
    }

    /// <summary>Up again on the same folder and port, having forgotten what a process keeps in memory only.</summary>
    public async Task Restart()
    {
        await Stop();
        await Launch();
    }

    /// <summary>Resets every connection; it stays up.</summary>
    public void CutConnections() => _connections.CutAll();

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _own?.Dispose();
    }

    internal MemberInfo Member(MemberInfo.Types.VNodeState state, bool isAlive) => new()
    {
        InstanceId = Wire.Id(_instance, structured: true),
        TimeStamp = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks,
        State = state,
        IsAlive = isAlive,
        HttpEndPoint = new() { Address = Host, Port = (uint)Port },
    };

    internal async Task Launch()
    {
        Log = new EventLog(Folder, TimeProvider.System);
        if (_cluster is null) await SystemEvents.Write(Log, Log.Index.Count == 0);
        var membership = _cluster?.Invoke(this) ?? new Alone(Log, this);
        _app = NodeHost.Build(Port, _options, _connections, new(this, Log, _options, Faults, _connections, membership));
        await _app.StartAsync();
    }

    private static async Task<EventStoreDbNode> Launched(EventStoreDbNode node)
    {
        await node.Launch();
        return node;
    }
}
