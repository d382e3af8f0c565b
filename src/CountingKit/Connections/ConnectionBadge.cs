namespace CountingKit.Connections;

/// <summary>How a connection is, in one or two words.</summary>
public enum ConnectionHealth
{
    Connected,
    /// <summary>Some data flows: a permission is missing.</summary>
    Attention,
    RenewalFailing,
    /// <summary>The sign-in is dead; somebody must reconnect.</summary>
    Expired,
    /// <summary>The organization is gone, or the person who signed in lost it.</summary>
    NoAccess,
    Disconnected,
}

/// <summary>The badge of a connection, with its one sentence.</summary>
public sealed record ConnectionBadge(ConnectionHealth Health, string Text, string Sentence)
{
    /// <summary>A sign-in that is not used for so long is dead (Xero).</summary>
    private static readonly TimeSpan SignInLife = TimeSpan.FromDays(60);

    /// <summary>Sign-ins are renewed weekly; with so little left that has failed for weeks.</summary>
    private static readonly TimeSpan Warning = TimeSpan.FromDays(14);

    /// <param name="signIn">What the vault knows; null = nothing.</param>
    /// <param name="missing">Permissions asked for and not granted, as people read them.</param>
    /// <param name="now">UTC.</param>
    public static ConnectionBadge Of(
        ConnectionStatus status, SignInFacts? signIn, IReadOnlyList<string> missing, DateTime now) => status switch
    {
        ConnectionStatus.Disconnected => new(
            ConnectionHealth.Disconnected, "Disconnected",
            "Nothing is read through this connection anymore. History and sheets stay as they are."),
        ConnectionStatus.Disconnecting => new(
            ConnectionHealth.Disconnected, "Disconnected", "It is being disconnected; nothing more is read."),
        ConnectionStatus.NoAccess => new(
            ConnectionHealth.NoAccess, "No access",
            "The organization was disconnected in Xero or closed, or the person who signed in lost access to it."),
        _ when signIn?.Scopes.Where(XeroPermissions.MayWrite).ToList() is { Count: > 0 } writing => MayWrite(writing),
        ConnectionStatus.Expired => Dead,
        _ when signIn is null or { DiedAt: not null } => Dead,
        _ when signIn.RefreshedAt + SignInLife - now is var left && left <= TimeSpan.Zero => Dead,
        _ when signIn.RefreshedAt + SignInLife - now is var left && left <= Warning => Failing(left),
        _ when missing.Count > 0 => new(
            ConnectionHealth.Attention, "Attention",
            $"Some data cannot be read. Missing permission: {string.Join("; ", missing)}."),
        _ => new(ConnectionHealth.Connected, "Connected", "The organization can be read."),
    };

    private static ConnectionBadge Dead { get; } = new(
        ConnectionHealth.Expired, "Expired",
        "Xero no longer accepts our sign-in (60 days unused, or revoked in Xero). Reconnect to go on.");

    private static ConnectionBadge MayWrite(IReadOnlyList<string> writing) => new(
        ConnectionHealth.Expired, "Expired",
        $"{XeroCodes.MayWrite.Title} ({string.Join(", ", writing)}). {XeroCodes.MayWrite.Advice}");

    private static ConnectionBadge Failing(TimeSpan left)
    {
        var days = Math.Max(1, (int)Math.Ceiling(left.TotalDays));
        return new(
            ConnectionHealth.RenewalFailing, $"Renewal failing ({days} {(days == 1 ? "day" : "days")} left)",
            "The sign-in could not be renewed for weeks. Reconnect before it expires.");
    }
}

/// <summary>A connection's sign-in, as the vault knows it. Times are UTC.</summary>
/// <param name="PersonName">Who signed in at Xero; null = Xero did not say.</param>
/// <param name="RefreshedAt">Unused for 60 days from here, it dies.</param>
public sealed record SignInFacts(
    string? PersonName, string? PersonEmail, IReadOnlyList<string> Scopes, DateTime GrantedAt, DateTime RefreshedAt,
    DateTime? DiedAt);
