using CountingKit.Adapters.Moving;
using CountingKit.Vault;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace CountingKit.Adapters.Database;

/// <summary>
/// Opens the vault. The file is made, or brought to today's tables, by <see cref="Migrate"/> at the start. If it is absent
/// later, or another is in its place, the database is away: an empty vault would know no sign-in.
/// </summary>
internal sealed class SqliteVaultFactory : IDbContextFactory<VaultDb>, IDisposable
{
    /// <summary>Seconds: another start makes or changes all tables meanwhile.</summary>
    private const int Patience = 30;

    private readonly string folder;
    private readonly HeldFile vault;
    private readonly DbContextOptions<SqliteVault> options;

    /// <summary>Held from <see cref="Migrate"/> on: nobody removes the vault.</summary>
    private FileStream? use;

    public SqliteVaultFactory(string folder)
    {
        (this.folder, vault) = (folder, new(FileIn(folder)));
        options = Options(FileIn(folder), isThere: true, new HeldVault(vault));
    }

    /// <inheritdoc cref="HeldFile.IsGone"/>
    public bool IsGone => vault.IsGone;

    /// <summary><see cref="Migrate"/> found none and made it.</summary>
    public bool IsNew { get; private set; }

    public static string FileIn(string folder) => Path.Combine(folder, "vault.db");

    public VaultDb CreateDbContext() => new SqliteVault(options);

    public void Migrate()
    {
        Directory.CreateDirectory(folder);
        using var alone = Alone(LockIn(folder), Patience);
        SqliteFile.RequireWhole(FileIn(folder));
        use ??= VaultUse.Begin(folder); // Before anything is made: where it is refused, nothing is.
        IsNew = !File.Exists(FileIn(folder));
        using var db = new SqliteVault(Options(FileIn(folder), isThere: false));
        ForgetTheDead(db);
        if (db.Database.GetPendingMigrations().Any()) db.Database.Migrate();
        db.Database.ExecuteSqlRaw("PRAGMA journal_mode = WAL");
        vault.Begin();
    }

    /// <summary>Contexts can still be made, but somebody may remove the vault.</summary>
    public void Dispose()
    {
        vault.Dispose();
        use?.Dispose();
        use = null;
    }

    /// <summary>
    /// Takes away what a start made that is refused because the database is missing: a backup belongs onto an empty place.
    /// A vault that knows a log or a person, holds a sign-in or a key, or is in use elsewhere stays, and so does one that
    /// another start works on. The lock's file stays too: who waits for it would lock one that is gone. Whoever asks for it
    /// uses the vault no more.
    /// </summary>
    /// <param name="patience">Seconds to wait for another start.</param>
    /// <returns>Why it stays; null = it is gone.</returns>
    /// <exception cref="SqliteException">It cannot be looked into, or somebody else holds it.</exception>
    public VaultStays? RemoveUnused(int patience = Patience)
    {
        if (!File.Exists(FileIn(folder))) return null;
        using var alone = Alone(LockIn(folder), patience);
        Dispose();
        using var unused = VaultUse.Exclude(folder);
        if (unused is null) return VaultStays.InUse;
        SqliteConnection.ClearAllPools(); // One of them may have open what was replaced since.
        using (var db = CreateDbContext())
            if (Kept(db) is { } kept) return kept;
        SqliteReadDatabases.Remove(folder);
        foreach (var file in new[] { FileIn(folder), $"{FileIn(folder)}-wal", $"{FileIn(folder)}-shm" }) File.Delete(file);
        unused.Dispose(); // Windows deletes no file that is open.
        File.Delete(VaultUse.FileIn(folder));
        return null;
    }

    /// <summary>
    /// While the log is away, a first owner can be made before the vault knows a log. Leases tell nothing: those of upkeep
    /// outlive their process.
    /// </summary>
    /// <returns>What nobody could make again; null = nothing.</returns>
    private static VaultStays? Kept(VaultDb db)
    {
        if (InstallationBinding.Known(db) is not null || db.Checkpoints.Any()) return VaultStays.KnowsALog;
        if (db.Logins.Any() || db.People.Any()) return VaultStays.HoldsPeople;
        if (db.ApiKeys.Any()) return VaultStays.HoldsApiKeys;
        return db.XeroGrants.Any() || db.GoogleCredentials.Any() ? VaultStays.HoldsSignIns : null;
    }

    private static string LockIn(string folder) => Path.Combine(folder, "vault.migrating");

    /// <summary>
    /// Entity Framework's lock is a row that stays when the process dies, and is waited for without end. Whoever wrote one
    /// is dead: the living hold <see cref="Alone"/>.
    /// </summary>
    private void ForgetTheDead(VaultDb db)
    {
        if (!File.Exists(FileIn(folder))) return;
        var isThere = db.Database.SqlQueryRaw<int>(
            "SELECT count(*) AS Value FROM sqlite_schema WHERE name = '__EFMigrationsLock'").Single() > 0;
        if (isThere) db.Database.ExecuteSqlRaw("DELETE FROM \"__EFMigrationsLock\"");
    }

    private static DbContextOptions<SqliteVault> Options(string file, bool isThere, params IInterceptor[] more) =>
        new DbContextOptionsBuilder<SqliteVault>()
            .UseSqlite(SqliteFile.ConnectionString(file, durable: true, isThere))
            .AddInterceptors([.. more, new SqlitePragmas("FULL")])
            .Options;

    /// <summary>A lock that dies with its process: a transaction on a file of its own.</summary>
    private static SqliteConnection Alone(string file, int patience)
    {
        var connection = new SqliteConnection(SqliteFile.ConnectionString(file, durable: false));
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        command.CommandTimeout = patience;
        command.ExecuteNonQuery();
        return connection;
    }
}

/// <summary>Why a vault was not removed.</summary>
internal enum VaultStays
{
    /// <summary>By another process.</summary>
    InUse,

    /// <summary>None that a refused start made does: somebody put it there meanwhile.</summary>
    KnowsALog,
    HoldsPeople,
    HoldsApiKeys,
    HoldsSignIns,
}

internal static class SqliteFile
{
    /// <summary>What stands in the way of a start, to be read behind the setting; null = it is no matter of the file.</summary>
    public static string? Refusal(SqliteException failed) => failed.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => "names a folder on a disk that is full.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN => "names a folder that cannot be written to.",
        raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT => "names a folder whose vault.db is damaged: move vault.db, vault.db-wal and vault.db-shm away together, then restore vault.db from its backup.",
        raw.SQLITE_IOERR => "names a folder on a disk that fails or is full.",
        raw.SQLITE_BUSY => "names a folder whose vault.db another program holds.",
        _ => null,
    };

    /// <summary>
    /// A write-ahead log without its file holds commits of that file, and SQLite deletes it where it makes a new one. A file that
    /// another process has open, and that has none beside it, has lost it: that process still holds what it held, and whoever
    /// begins now would not see it.
    /// </summary>
    /// <exception cref="InvalidDataException">One lies there without the other.</exception>
    public static void RequireWhole(string path)
    {
        var (name, file) = (Path.GetFileName(path), Behind(path));
        if (File.Exists($"{file}-wal") && !IsThere(file))
            throw new InvalidDataException(
                $"{Path.GetFileName(file)}-wal lies there without {name}, whose last changes it holds. Put that very file back, not a backup of it. "
                + $"To begin with a backup or anew, move {Path.GetFileName(file)}-wal and {Path.GetFileName(file)}-shm away first.");
        if (IsThere(file) && !File.Exists($"{file}-wal") && IsInUse(file) && !File.Exists($"{file}-wal"))
            throw new InvalidDataException(
                $"{Path.GetFileName(file)}-wal is gone, and a portal that is running still holds what was in it. "
                + "Do as that portal's log says; once that says so, restart it.");
    }

    /// <summary>Asked for alone, a file with a write-ahead log is refused as long as anybody has it open.</summary>
    private static bool IsInUse(string file)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file, Mode = SqliteOpenMode.ReadWrite, DefaultTimeout = 2, Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            foreach (var sql in (string[])["PRAGMA locking_mode = EXCLUSIVE", "SELECT count(*) FROM sqlite_schema"])
            {
                command.CommandText = sql;
                command.ExecuteScalar();
            }

            return false;
        }
        catch (SqliteException failed)
        {
            return failed.SqliteErrorCode == raw.SQLITE_BUSY; // What else is wrong is told to whoever needs it.
        }
    }

    /// <returns>Where a link of that name leads to; else the path itself.</returns>
    public static string Behind(string path) =>
        IsThere(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? target.FullName : path;

    /// <summary>A folder or a disk that gives no answer is no answer.</summary>
    /// <exception cref="IOException">It cannot be told.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static bool IsThere(string path)
    {
        try
        {
            _ = File.GetAttributes(path);
            return true;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Waits up to 30 s for another writer. A reader never waits: the file is in WAL mode.</summary>
    /// <param name="isThere">It is not made if it is not there.</param>
    public static string ConnectionString(string path, bool durable, bool isThere = false) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = isThere ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = 30,
        Pooling = durable,
    }.ToString();
}
