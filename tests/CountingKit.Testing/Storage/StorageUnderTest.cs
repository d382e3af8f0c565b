using CountingKit.Testing.Postgres;

namespace CountingKit.Testing.Storage;

/// <summary>Where an installation under test keeps its log, vault and read models.</summary>
public enum StorageKind
{
    /// <summary>Files in the installation's own folder.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database of its own.</summary>
    Servers,
}

/// <summary>The storage of one fresh installation, as settings; disposing it removes what lies outside its folder.</summary>
public sealed class StorageUnderTest : IDisposable
{
    private const string Variable = "COUNTINGKIT_TEST_STORAGE";

    private readonly PostgresDatabase? _database;

    private StorageUnderTest(StorageKind kind, string folder)
    {
        Kind = kind;
        // The log's own server per installation belongs here.
        EventStore = $"sqlite:{Path.Combine(folder, "events.db")}";
        _database = kind is StorageKind.Servers ? PostgresDatabase.Migrated() : null;
        Database = _database?.ConnectionString ?? $"sqlite:{folder}";
    }

    public StorageKind Kind { get; }

    /// <summary>For <c>EventStore__ConnectionString</c>.</summary>
    public string EventStore { get; }

    /// <summary>For <c>Database__ConnectionString</c>.</summary>
    public string Database { get; }

    /// <param name="folder">The installation's; need not be there yet.</param>
    /// <param name="kind">Null = as <c>COUNTINGKIT_TEST_STORAGE</c> says: <c>sqlite</c> (also when it is not set) or <c>servers</c>.</param>
    public static StorageUnderTest Of(string folder, StorageKind? kind = null) => new(kind ?? ByVariable(), folder);

    public void Dispose() => _database?.Dispose();

    private static StorageKind ByVariable() => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "sqlite" => StorageKind.Sqlite,
        "servers" => StorageKind.Servers,
        var other => throw new InvalidOperationException($"{Variable} must be sqlite or servers, not {other}."),
    };
}
