using System.Net;
using CountingKit.Testing.EventStoreDb.Grpc;
using CountingKit.Testing.EventStoreDb.Log;
using CountingKit.Testing.Portal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>
/// A stand-in for an EventStoreDB server in this process: the wire protocol on a loopback port, the log in a folder.
/// It refuses what the real one refuses.
/// </summary>
public sealed class EventStoreDbNode : IAsyncDisposable
{
    private readonly string _folder;
    private readonly TempFolder? _own;
    private EventLog? _log;
    private WebApplication? _app;

    private EventStoreDbNode(string folder, int port, TempFolder? own) => (_folder, Port, _own) = (folder, port, own);

    public int Port { get; }

    public string ConnectionString => $"esdb://127.0.0.1:{Port}?tls=false";

    /// <summary>On a folder of its own, which goes when it is disposed.</summary>
    public static Task<EventStoreDbNode> Start()
    {
        var own = new TempFolder();
        return Start(own.Path, FreePort.Find(), own);
    }

    public static Task<EventStoreDbNode> Start(string folder, int port) => Start(folder, port, null);

    /// <summary>Stops answering. The log stays.</summary>
    public async Task Stop()
    {
        if (_app is { } app)
        {
            using var now = new CancellationTokenSource(TimeSpan.Zero);
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }

        if (_log is { } log) await log.DisposeAsync();
        (_app, _log) = (null, null);
    }

    public async Task Restart()
    {
        await Stop();
        await Launch();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _own?.Dispose();
    }

    private static async Task<EventStoreDbNode> Start(string folder, int port, TempFolder? own)
    {
        var node = new EventStoreDbNode(folder, port, own);
        await node.Launch();
        return node;
    }

    private async Task Launch()
    {
        _log = new EventLog(_folder, TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, Port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = 17 * 1024 * 1024);
        builder.Services.AddSingleton(new Node(_log));
        _app = builder.Build();
        _app.MapGrpcService<StreamsService>();
        await _app.StartAsync();
    }
}
