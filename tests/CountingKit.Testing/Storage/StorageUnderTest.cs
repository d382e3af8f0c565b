using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.Postgres;

namespace CountingKit.Testing.Storage;

/// <summary>Where an installation under test keeps its log, vault and read models.</summary>
public enum StorageKind
{
    /// <summary>Files in the installation's own folder.</summary>
    Sqlite,

    /// <summary>An EventStoreDB and a PostgreSQL database, each of its own.</summary>
    Servers,
}

/// <summary>The storage of one fresh installation, as settings; disposing it removes what lies outside its folder.</summary>
public sealed class StorageUnderTest : IAsyncDisposable
{
    private const string Variable = "COUNTINGKIT_TEST_STORAGE";

    private readonly PostgresDatabase? _database;

    /// <summary>Files in a folder, whatever the environment says.</summary>
    public StorageUnderTest(string folder)
    {
        EventStore = $"sqlite:{Path.Combine(folder, "events.db")}";
        Database = $"sqlite:{folder}";
    }

    private StorageUnderTest(EventStoreDbNode eventStore, PostgresDatabase database)
    {
        (Node, EventStore) = (eventStore, eventStore.ConnectionString);
        (_database, Database) = (database, database.ConnectionString);
    }

    /// <summary>For <c>EventStore__ConnectionString</c>.</summary>
    public string EventStore { get; }

    /// <summary>For <c>Database__ConnectionString</c>.</summary>
    public string Database { get; }

    /// <summary>The EventStoreDB; null = the log is a file.</summary>
    public EventStoreDbNode? Node { get; }

    /// <param name="folder">The installation's; need not be there yet.</param>
    /// <param name="kind">Null = as <c>COUNTINGKIT_TEST_STORAGE</c> says: <c>sqlite</c> (also when it is not set) or <c>servers</c>.</param>
    public static async Task<StorageUnderTest> Of(string folder, StorageKind? kind = null) =>
        (kind ?? ByVariable()) is StorageKind.Servers
            ? new(await EventStoreDbNode.Start(), PostgresDatabase.Migrated())
            : new(folder);

    public async ValueTask DisposeAsync()
    {
        if (Node is not null) await Node.DisposeAsync();
        _database?.Dispose();
    }

    private static StorageKind ByVariable() => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "sqlite" => StorageKind.Sqlite,
        "servers" => StorageKind.Servers,
        var other => throw new InvalidOperationException($"{Variable} must be sqlite or servers, not {other}."),
    };
}
