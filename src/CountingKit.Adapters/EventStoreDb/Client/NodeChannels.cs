using System.Collections.Concurrent;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;

namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>One long-lived channel per node; the handler under it connects again by itself.</summary>
internal sealed class NodeChannels(EventStoreClientSettings settings) : IDisposable
{
    // An event may have 16 MiB on the server; the library's own limit is 4.
    private const int LargestMessage = 17 * 1024 * 1024;

    private readonly ConcurrentDictionary<NodeEndPoint, Lazy<GrpcChannel>> channels = new();
    private readonly TlsSettings tls = new(settings);

    public CallInvoker Of(NodeEndPoint node) =>
        channels.GetOrAdd(node, _ => new(() => Open(node))).Value.CreateCallInvoker();

    public void Dispose()
    {
        foreach (var channel in channels.Values) channel.Value.Dispose();
        tls.Dispose();
    }

    internal SocketsHttpHandler NewHandler()
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            UseProxy = false,
            ConnectTimeout = settings.GossipTimeout,
            ConnectCallback = Connect,
        };
        handler.KeepAlivePingDelay = AtLeastASecond(settings.KeepAliveInterval);
        handler.KeepAlivePingTimeout = AtLeastASecond(settings.KeepAliveTimeout);
        if (settings.Tls) handler.SslOptions = tls.ToOptions();
        return handler;
    }

    private GrpcChannel Open(NodeEndPoint node) =>
        GrpcChannel.ForAddress($"{(settings.Tls ? "https" : "http")}://{node}", new GrpcChannelOptions
        {
            HttpHandler = NewHandler(),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = LargestMessage,
            MaxRetryAttempts = null,
        });

    // A callback of our own also keeps the library from balancing and waiting by rules of its own: a node that was away
    // is tried whenever a call asks for it.
    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // What the handler takes at the least; null = off, which its own defaults are not.
    private static TimeSpan AtLeastASecond(TimeSpan? span) =>
        span is not { } given ? Timeout.InfiniteTimeSpan : given < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : given;
}
