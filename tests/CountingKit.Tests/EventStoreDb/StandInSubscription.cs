using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using Grpc.Core;
using Content = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadResp.ContentOneofCase;
using Options = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadReq.Types.Options;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>A raw subscription, message by message.</summary>
internal sealed class StandInSubscription : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);
    private readonly AsyncServerStreamingCall<ReadResp> _call;
    private Task<bool>? _next;

    public StandInSubscription(StandInClient client, Options options, Metadata? headers = null)
    {
        options.Subscription = new();
        _call = client.Streams.Read(new() { Options = options }, headers);
    }

    /// <exception cref="RpcException">The call failed.</exception>
    /// <returns>Null where the call ended well.</returns>
    public async Task<ReadResp?> Next()
    {
        var next = _next ?? _call.ResponseStream.MoveNext(CancellationToken.None);
        _next = null;
        return await next.WaitAsync(Patience) ? _call.ResponseStream.Current : null;
    }

    public async Task<Content?> NextContent() => (await Next())?.ContentCase;

    /// <summary>Messages up to and with the first of a kind.</summary>
    public async Task<List<ReadResp>> Until(Content content)
    {
        var messages = new List<ReadResp>();
        do messages.Add((await Next())!);
        while (messages[^1].ContentCase != content);
        return messages;
    }

    public async Task<bool> IsSilent()
    {
        _next ??= _call.ResponseStream.MoveNext(CancellationToken.None);
        return await Task.WhenAny(_next, Task.Delay(Quiet)) != _next;
    }

    /// <summary>Reads on until the call fails.</summary>
    public async Task<RpcException> Failure()
    {
        try
        {
            while (await Next() is not null)
            {
                // What had been sent before.
            }
        }
        catch (RpcException e)
        {
            return e;
        }

        throw new InvalidOperationException("The call ended well.");
    }

    public void Dispose() => _call.Dispose();
}
