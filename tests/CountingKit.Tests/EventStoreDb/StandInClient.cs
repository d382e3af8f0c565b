using System.Text;
using CountingKit.Testing.EventStoreDb.Protocol;
using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using AppendOptions = CountingKit.Testing.EventStoreDb.Protocol.Streams.AppendReq.Types.Options;
using Options = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadReq.Types.Options;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>Raw calls to the stand-in: nothing is checked, retried or put right on this side.</summary>
internal sealed class StandInClient : IDisposable
{
    private readonly GrpcChannel _channel;

    public StandInClient(Uri address, HttpMessageHandler? handler = null)
    {
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        Streams = new(_channel);
    }

    public ChannelBase Channel => _channel;

    public Streams.StreamsClient Streams { get; }

    public static AppendReq.Types.ProposedMessage Event(Guid? id = null, string type = "tested.v1", string data = "{}") => new()
    {
        Id = new() { String = (id ?? Guid.CreateVersion7()).ToString() },
        Metadata = { ["type"] = type, ["content-type"] = "application/json" },
        Data = ByteString.CopyFromUtf8(data),
    };

    public static AppendReq.Types.ProposedMessage[] Events(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Event(data: $$"""{"n":{{i}}}"""))];

    public static StreamIdentifier Name(string stream) => new() { StreamName = ByteString.CopyFrom(stream, Encoding.UTF8) };

    public Task<AppendResp> Append(string stream, ulong revision, params AppendReq.Types.ProposedMessage[] events) =>
        Append(new() { StreamIdentifier = Name(stream), Revision = revision }, events);

    public Task<AppendResp> AppendNew(string stream, params AppendReq.Types.ProposedMessage[] events) =>
        Append(new() { StreamIdentifier = Name(stream), NoStream = new() }, events);

    public Task<AppendResp> AppendAny(string stream, params AppendReq.Types.ProposedMessage[] events) =>
        Append(new() { StreamIdentifier = Name(stream), Any = new() }, events);

    public Task<AppendResp> AppendExisting(string stream, params AppendReq.Types.ProposedMessage[] events) =>
        Append(new() { StreamIdentifier = Name(stream), StreamExists = new() }, events);

    public async Task<AppendResp> Append(
        AppendOptions? options, AppendReq.Types.ProposedMessage[] events, Metadata? headers = null)
    {
        using var call = Streams.Append(headers);
        try
        {
            await call.RequestStream.WriteAsync(new() { Options = options });
            foreach (var one in events) await call.RequestStream.WriteAsync(new() { ProposedMessage = one });
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or IOException)
        {
            // The server answered before it had heard all, or died meanwhile: the answer tells why.
        }

        return await call;
    }

    /// <summary>A bounded read of a stream with every option that must be set.</summary>
    public static Options Stream(string stream, ulong count = ulong.MaxValue) => new()
    {
        Stream = new() { StreamIdentifier = Name(stream), Start = new() },
        Count = count,
        NoFilter = new(),
        UuidOption = new() { String = new() },
        ControlOption = new() { Compatibility = 1 },
    };

    public static Options All(ulong count = ulong.MaxValue) => new()
    {
        All = new() { Start = new() },
        Count = count,
        NoFilter = new(),
        UuidOption = new() { String = new() },
    };

    public Task<List<ReadResp>> Read(Options options) => Read(options, TimeSpan.FromSeconds(30));

    /// <summary>All messages until the call ends.</summary>
    public async Task<List<ReadResp>> Read(Options options, TimeSpan deadline)
    {
        using var timeout = new CancellationTokenSource(deadline);
        using var call = Streams.Read(new() { Options = options }, cancellationToken: timeout.Token);
        var messages = new List<ReadResp>();
        await foreach (var message in call.ResponseStream.ReadAllAsync()) messages.Add(message);
        return messages;
    }

    public void Dispose() => _channel.Dispose();
}
