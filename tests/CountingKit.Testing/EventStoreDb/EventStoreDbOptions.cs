namespace CountingKit.Testing.EventStoreDb;

/// <summary>Who may sign in to a secure node.</summary>
/// <param name="IsAdmin">Of <c>$admins</c>: may read <c>$all</c> and what begins with <c>$</c>.</param>
public sealed record EventStoreDbUser(string Password, bool IsAdmin);

/// <summary>How a stand-in node is set up.</summary>
public sealed record EventStoreDbOptions
{
    public static readonly EventStoreDbOptions Insecure = new();

    /// <summary>By name; null lets everybody do everything, whatever they send.</summary>
    public IReadOnlyDictionary<string, EventStoreDbUser>? Users { get; init; }

    /// <summary>Null for plain HTTP.</summary>
    public TestCertificates? Tls { get; init; }

    /// <summary>From 24.2 a slow subscriber falls behind; before, its call is aborted.</summary>
    public Version ServerVersion { get; init; } = new(23, 10, 6);

    /// <summary>How long one live message may wait for its reader while more than the buffer's 32 come after it.</summary>
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a write waits for a quorum before it is aborted.</summary>
    public TimeSpan CommitTimeout { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>How long followers name a leader that is dead.</summary>
    public TimeSpan StaleLeader { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>From a leader's death to the next leader; not less than <see cref="StaleLeader"/>.</summary>
    public TimeSpan Election { get; init; } = TimeSpan.FromSeconds(0.8);

    internal bool FallsBehind => ServerVersion >= new Version(24, 2);
}
