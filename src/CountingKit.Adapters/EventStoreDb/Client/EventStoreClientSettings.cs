namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>What a connection string says. All times are spans; null = off.</summary>
internal sealed class EventStoreClientSettings
{
    /// <summary>One node, or the seeds of a cluster; in the order given.</summary>
    public required IReadOnlyList<NodeEndPoint> Nodes { get; init; }

    /// <summary>The cluster is asked who its members are; otherwise the one node is used as it is.</summary>
    public required bool Discovers { get; init; }

    public UserCredentials? DefaultCredentials { get; init; }

    public bool Tls { get; init; } = true;

    /// <summary>False = any certificate will do; for development.</summary>
    public bool TlsVerifyCert { get; init; } = true;

    /// <summary>The one authority that is trusted, PEM; null = those of the machine.</summary>
    public string? TlsCaFile { get; init; }

    public string? UserCertFile { get; init; }

    public string? UserKeyFile { get; init; }

    /// <summary>What the server's logs call this client.</summary>
    public string ConnectionName { get; init; } = "CountingKit";

    public NodePreference NodePreference { get; init; } = NodePreference.Leader;

    public int MaxDiscoverAttempts { get; init; } = 10;

    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan GossipTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Of appends and single calls, and how long a read may be silent; as a whole reads have none.</summary>
    public TimeSpan DefaultDeadline { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan? KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan? KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether a conflict is an exception or a result.</summary>
    public bool ThrowOnAppendFailure { get; init; } = true;

    /// <param name="connectionString"><c>scheme://[user:password@]host[:port][,…][/][?key=value&amp;…]</c></param>
    /// <param name="root">Where relative paths in it count from; null = the current folder.</param>
    /// <exception cref="FormatException">
    /// What is wrong, in words that repeat neither user nor password, wherever a mistake may have put them.
    /// </exception>
    public static EventStoreClientSettings Create(string connectionString, string? root = null)
    {
        var parts = ConnectionStringParts.Split(connectionString);
        var options = new ConnectionOptions(parts.Options);
        var files = root ?? Environment.CurrentDirectory;
        var settings = new EventStoreClientSettings
        {
            Nodes = parts.Nodes,
            Discovers = parts.Discovers || parts.Nodes.Count > 1,
            DefaultCredentials = parts.Credentials,
            Tls = options.YesOrNo("tls", true),
            TlsVerifyCert = options.YesOrNo("tlsVerifyCert", true),
            TlsCaFile = options.Path("tlsCaFile", files),
            UserCertFile = options.Path("userCertFile", files),
            UserKeyFile = options.Path("userKeyFile", files),
            ConnectionName = options.HeaderText("connectionName") ?? "CountingKit",
            NodePreference = options.Choice("nodePreference", NodePreference.Leader),
            MaxDiscoverAttempts = options.Number("maxDiscoverAttempts", 10, least: 1),
            DiscoveryInterval = options.Milliseconds("discoveryInterval", 100, least: 0),
            GossipTimeout = options.Milliseconds("gossipTimeout", 5000, least: 1),
            DefaultDeadline = options.Milliseconds("defaultDeadline", 10_000, least: 1),
            KeepAliveInterval = options.MillisecondsOrOff("keepAliveInterval", 10_000),
            KeepAliveTimeout = options.MillisecondsOrOff("keepAliveTimeout", 10_000),
            ThrowOnAppendFailure = options.YesOrNo("throwOnAppendFailure", true),
        };
        options.CheckAllKnown();
        return settings.UserCertFile is null == settings.UserKeyFile is null
            ? settings
            : throw new FormatException("userCertFile and userKeyFile belong together: give both or none.");
    }
}
