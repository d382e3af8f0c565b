using Grpc.Core;

namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>What goes with each call. The user as plain metadata, which travels without TLS too.</summary>
internal static class CallHeaders
{
    /// <summary>
    /// Gossip is for anybody: without the user, who must be looked up first, which a node in an election cannot do.
    /// </summary>
    public static Metadata OfGossip(EventStoreClientSettings settings) => new() { { "connection-name", settings.ConnectionName } };

    public static Metadata Of(EventStoreClientSettings settings, bool requiresLeader)
    {
        var headers = new Metadata
        {
            { "requires-leader", requiresLeader ? "true" : "false" },
            { "connection-name", settings.ConnectionName },
        };
        if (settings.DefaultCredentials is { } credentials) headers.Add("authorization", credentials.Authorization);
        return headers;
    }
}
