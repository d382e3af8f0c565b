using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>What arrived, as it was on the wire but for the compression.</summary>
internal sealed record Received(string Method, string Target, IHeaderDictionary Headers, string Body, bool WasCompressed);

internal sealed record Answer(int Status, string Body, string ContentType = "application/json")
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>So many megabytes of blanks before the body, packed to almost nothing; 0 = the body as it is.</summary>
    public int PackedMegabytes { get; init; }

    /// <summary>Closes the connection instead of answering.</summary>
    public static Answer Drop { get; } = new(0, "");

    public static Answer Json(string body) => new(200, body);

    public static Answer Error(int code, string status, string message, string details = "[]") => new(code,
        $$$"""{"error":{"code":{{{code}}},"message":"{{{message}}}","status":"{{{status}}}","details":{{{details}}}}}""");
}

/// <summary>A server on loopback whose answers the test decides, request by request.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> received = new();

    private LoopbackServer(WebApplication app) => this.app = app;

    public string Url => app.Urls.First() + "/";

    public IReadOnlyList<Received> Requests => [.. received];

    public static async Task<LoopbackServer> Start(Func<Received, Answer> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new LoopbackServer(builder.Build());
        server.app.Run(context => server.Handle(context, answer));
        await server.app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Handle(HttpContext context, Func<Received, Answer> decide)
    {
        var compressed = context.Request.Headers.ContentEncoding == "gzip";
        await using var stream = compressed
            ? new GZipStream(context.Request.Body, CompressionMode.Decompress)
            : context.Request.Body;
        using var reader = new StreamReader(stream);
        var request = new Received(context.Request.Method, context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            new HeaderDictionary(context.Request.Headers.ToDictionary()), await reader.ReadToEndAsync(), compressed);
        received.Enqueue(request);

        var answer = decide(request);
        if (ReferenceEquals(answer, Answer.Drop))
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        if (answer.PackedMegabytes == 0) await context.Response.WriteAsync(answer.Body);
        else await Bomb(context, answer.PackedMegabytes, answer.Body);
    }

    private static async Task Bomb(HttpContext context, int megabytes, string body)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        var blanks = new byte[1024 * 1024];
        Array.Fill(blanks, (byte)' ');
        try
        {
            for (var i = 0; i < megabytes; i++) await packed.WriteAsync(blanks, context.RequestAborted);
            await packed.WriteAsync(Encoding.UTF8.GetBytes(body), context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // Nobody reads on.
        }
    }
}
