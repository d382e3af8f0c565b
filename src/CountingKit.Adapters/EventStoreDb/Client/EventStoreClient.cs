using CountingKit.Adapters.EventStoreDb.Protos;
using Grpc.Core;

namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>
/// EventStoreDB's streams over gRPC: one try per call, at the node in use. A failure says whether another try may help,
/// and the next one goes to another node where there is one. Of a cluster's node that is silent a sign of life is asked.
/// </summary>
/// <remarks>Names follow the vendor's <c>EventStore.Client.Grpc.Streams</c>, as far as there is something to name.</remarks>
internal sealed partial class EventStoreClient : IDisposable
{
    // A hanging node (stopped, or cut off) keeps its connections, and its peers need 6 to 13 s to notice.
    private static readonly TimeSpan Suspicious = TimeSpan.FromSeconds(2);

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
        leader = new NodeInUse(settings, cluster, NodePreference.Leader, time);
        preferred = settings.NodePreference == NodePreference.Leader
            ? leader
            : new NodeInUse(settings, cluster, settings.NodePreference, time);
    }

    /// <summary>The server's version, such as <c>23.10.6</c>; answered to anybody.</summary>
    public async Task<string> GetServerVersionAsync(CancellationToken ct)
    {
        var node = await preferred.Get(settings.DefaultDeadline, ct);
        try
        {
            var features = new ServerFeatures.ServerFeaturesClient(channels.Of(node));
            var supported = await features.GetSupportedMethodsAsync(
                new Empty(), Headers(requiresLeader: false), Deadline(settings.DefaultDeadline), ct);
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

    private DateTime Deadline(TimeSpan span) => time.GetUtcNow().UtcDateTime + span;

    private TimeSpan AtMostDefault(TimeSpan span) => span < settings.DefaultDeadline ? span : settings.DefaultDeadline;

    private Metadata Headers(bool requiresLeader) => CallHeaders.Of(settings, requiresLeader);

    /// <summary>What the error means; the next call of this kind goes where it may do better.</summary>
    private EventStoreClientException Failed(
        RpcException error, NodeInUse use, NodeEndPoint node, string? stream, CancellationToken ct)
    {
        var failure = Failures.Read(error, settings, stream, ct);
        if (failure is CallLostException) cluster.Lost(node);
        if (failure is NotLeaderException { Leader: { } to }) use.Redirected(node, to);
        else if (failure is NotLeaderException or NotReadyException or CallLostException or UnknownFailureException)
            use.Failed(node);
        return failure;
    }

    /// <summary>What a node answers, as long as it lives; its peers may not know yet that it does not.</summary>
    /// <param name="silence">How long a living node may take; infinite = another limit ends it.</param>
    /// <exception cref="CallLostException">It took longer, or gave no sign of life.</exception>
    private async Task<T> WhileItLives<T>(
        Task<T> answer, NodeInUse use, NodeEndPoint node, TimeSpan silence, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var left = silence == Timeout.InfiniteTimeSpan ? silence : silence - time.GetElapsedTime(started);
            var isToBeAsked = settings.Discovers && (left == Timeout.InfiniteTimeSpan || left > Suspicious);
            try
            {
                return await answer.WaitAsync(
                    isToBeAsked ? Suspicious : left < TimeSpan.Zero && left != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : left,
                    time, ct);
            }
            catch (TimeoutException) when (isToBeAsked)
            {
                if (await cluster.Lives(node, ct) || answer.IsCompleted) continue;
                use.Failed(node);
                throw new CallLostException("A node of the event store hangs.");
            }
            catch (TimeoutException silent)
            {
                use.Failed(node);
                throw new CallLostException("The event store fell silent in the middle of a call.", silent);
            }
        }
    }

    private static StreamIdentifier Identifier(string stream) =>
        new() { StreamName = Google.Protobuf.ByteString.CopyFromUtf8(stream) };
}
