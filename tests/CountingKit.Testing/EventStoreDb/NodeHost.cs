using System.Net;
using CountingKit.Testing.EventStoreDb.Grpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>A node's one port: gRPC over HTTP/2, health and information over either.</summary>
internal static class NodeHost
{
    private const int MaxMessage = 17 * 1024 * 1024;

    public static WebApplication Build(int port, EventStoreDbOptions options, Connections connections, Node node)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AllowAlternateSchemes = true;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, port, listen => Listen(listen, options, connections));
        });
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = MaxMessage);
        builder.Services.AddSingleton(node);

        var app = builder.Build();
        app.MapGrpcService<StreamsService>();
        app.MapGrpcService<GossipService>();
        app.MapGrpcService<FeaturesService>();
        app.MapGet("/health/live", () => Results.NoContent());
        app.MapGet("/info", () => Results.Json(new { esVersion = options.ServerVersion.ToString() }));
        return app;
    }

    private static void Listen(ListenOptions listen, EventStoreDbOptions options, Connections connections)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        IConnectionBuilder connection = listen;
        connection.Use(connections.Track);
        if (options.Tls is { } tls) listen.UseHttps(tls.Server);
        else connection.Use(PlainProtocols.Choose);
    }
}
