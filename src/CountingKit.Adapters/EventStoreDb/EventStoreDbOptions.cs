using CountingKit.Adapters.EventStoreDb.Client;

namespace CountingKit.Adapters.EventStoreDb;

/// <summary>Which EventStoreDB the log is in, and how patient the portal is with it. Not a record: it holds a password.</summary>
public sealed class EventStoreDbOptions
{
    private EventStoreDbOptions(EventStoreClientSettings settings) => Settings = settings;

    internal EventStoreClientSettings Settings { get; }

    /// <summary>
    /// How long calls wait and try again after the server was lost: through a change of leader, or a restart. A server
    /// that is away for longer, or was never there, is told at the first try.
    /// </summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a subscription whose reader takes nothing keeps its call open.</summary>
    public TimeSpan Stall { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a connection string is meant for EventStoreDB, by its scheme.</summary>
    public static bool IsMeant(string connectionString) => ConnectionStringParts.HasScheme(connectionString);

    /// <param name="connectionString"><c>esdb://[user:password@]host[:port][,…][?key=value&amp;…]</c></param>
    /// <param name="root">Where a relative path counts from.</param>
    /// <exception cref="FormatException">What is wrong, without repeating any of the text.</exception>
    public static EventStoreDbOptions Parse(string connectionString, string root)
    {
        var settings = EventStoreClientSettings.Create(connectionString, root);
        using var certificates = new TlsSettings(settings);
        return new(settings);
    }
}
