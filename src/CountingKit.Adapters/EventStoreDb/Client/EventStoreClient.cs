using CountingKit.Adapters.EventStoreDb.Protos;
using Grpc.Core;

namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>
/// EventStoreDB's streams over gRPC: one try per call, at the node in use. A failure says whether another try may help,
/// and the next one goes to another node where there is one.
/// </summary>
/// <remarks>Names follow the vendor's <c>EventStore.Client.Grpc.Streams</c>, as far as there is something to name.</remarks>
internal sealed partial class EventStoreClient : IDisposable
{
    private readonly EventStoreClientSettings settings;
    private readonly TimeProvider time;
    private readonly NodeChannels channels;
    private readonly Cluster cluster;
    private readonly NodeInUse leader;
    private readonly NodeInUse preferred;

    /// <exception cref="FormatException">A file that the settings name cannot be used.</exception>
    public EventStoreClient(EventStoreClientSettings settings, TimeProvider time)
    {
        this.settings = settings;
        this.time = time;
        channels = new NodeChannels(settings);
        cluster = new Cluster(settings, channels, time);
        leader = new NodeInUse(settings, cluster, NodePreference.Leader);
        preferred = ReadsNeedLeader ? leader : new NodeInUse(settings, cluster, settings.NodePreference);
    }

    private bool ReadsNeedLeader => settings.NodePreference == NodePreference.Leader;

    /// <summary>The server's version, such as <c>23.10.6</c>; answered to anybody.</summary>
    public async Task<string> GetServerVersionAsync(CancellationToken ct)
    {
        var node = await preferred.Get(ct);
        try
        {
            var features = new ServerFeatures.ServerFeaturesClient(channels.Of(node));
            var supported = await features.GetSupportedMethodsAsync(
                new Empty(), Headers(requiresLeader: false), Deadline, ct);
            return supported.EventStoreServerVersion;
        }
        catch (RpcException error)
        {
            throw Failed(error, preferred, node, stream: null, ct);
        }
    }

    public void Dispose()
    {
        leader.Dispose();
        if (preferred != leader) preferred.Dispose();
        channels.Dispose();
    }

    private DateTime Deadline => time.GetUtcNow().UtcDateTime + settings.DefaultDeadline;

    private Metadata Headers(bool requiresLeader) => CallHeaders.Of(settings, requiresLeader);

    /// <summary>What the error means; the next call of this kind goes where it may do better.</summary>
    private EventStoreClientException Failed(
        RpcException error, NodeInUse use, NodeEndPoint node, string? stream, CancellationToken ct)
    {
        var failure = Failures.Read(error, isPlain: !settings.Tls, stream, ct);
        if (failure is CallLostException) cluster.Lost(node);
        if (failure is NotLeaderException { Leader: { } to }) use.Redirected(node, to);
        else if (failure is NotLeaderException or NotReadyException or CallLostException or UnknownFailureException)
            use.Failed(node);
        return failure;
    }

    private static StreamIdentifier Identifier(string stream) =>
        new() { StreamName = Google.Protobuf.ByteString.CopyFromUtf8(stream) };
}
