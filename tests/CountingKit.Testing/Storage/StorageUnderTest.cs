using System.Collections.Concurrent;
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

    private static readonly ConcurrentDictionary<string, bool> Taken = new();

    private readonly EventStoreUnderTest? _eventStore;
    private readonly PostgresDatabase? _database;

    /// <summary>Files in a folder, whatever the environment says.</summary>
    public StorageUnderTest(string folder)
    {
        EventStore = $"sqlite:{Path.Combine(folder, "events.db")}";
        Database = $"sqlite:{folder}";
    }

    private StorageUnderTest(EventStoreUnderTest eventStore, PostgresDatabase database)
    {
        (_eventStore, EventStore) = (eventStore, eventStore.ConnectionString);
        (_database, Database) = (database, database.ConnectionString);
    }

    /// <summary>For <c>EventStore__ConnectionString</c>.</summary>
    public string EventStore { get; }

    /// <summary>For <c>Database__ConnectionString</c>.</summary>
    public string Database { get; }

    public StorageKind Kind => _eventStore is null ? StorageKind.Sqlite : StorageKind.Servers;

    /// <summary>The EventStoreDB that can be made to fail.</summary>
    /// <exception cref="InvalidOperationException">The log is a file, or on a real server.</exception>
    public EventStoreDbNode StandIn => _eventStore?.StandIn ?? throw new InvalidOperationException(
        $"This test makes the event store fail, which only the stand-in does: run it without {EventStoreUnderTest.Variable}.");

    /// <summary>
    /// Where <c>COUNTINGKIT_TEST_STORAGE</c> says <c>servers</c>, the event store is the one that
    /// <c>COUNTINGKIT_TEST_EVENTSTORE</c> names, if it does; otherwise a stand-in.
    /// </summary>
    /// <param name="folder">The installation's; need not be there yet.</param>
    /// <param name="kind">Null = as <c>COUNTINGKIT_TEST_STORAGE</c> says: <c>sqlite</c> (also when it is not set) or <c>servers</c>.</param>
    /// <param name="variable">Null = of the environment.</param>
    /// <exception cref="InvalidOperationException">The real server holds another test's installation already.</exception>
    public static async Task<StorageUnderTest> Of(
        string folder, StorageKind? kind = null, Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        var asked = By(variable(Variable));
        if ((kind ?? asked) is StorageKind.Sqlite) return new(folder);
        var named = asked is StorageKind.Servers ? variable(EventStoreUnderTest.Variable) : null;
        if (named is { Length: > 0 } && !Taken.TryAdd(named, true))
            throw new InvalidOperationException(
                $"The server that {EventStoreUnderTest.Variable} names belongs to one installation alone, and another test has "
                + "made one on it: choose one test (--filter), and give it an empty server.");
        return new(await EventStoreUnderTest.Of(named), PostgresDatabase.Migrated());
    }

    public async ValueTask DisposeAsync()
    {
        if (_eventStore is not null) await _eventStore.DisposeAsync();
        _database?.Dispose();
    }

    private static StorageKind By(string? variable) => variable switch
    {
        null or "" or "sqlite" => StorageKind.Sqlite,
        "servers" => StorageKind.Servers,
        var other => throw new InvalidOperationException($"{Variable} must be sqlite or servers, not {other}."),
    };
}
