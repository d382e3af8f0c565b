using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CountingKit.Adapters.Database;

/// <summary>
/// The SQLite file that the process began with is held open, so that nothing else passes for it: not a new one that was made
/// after it was deleted, nor a backup that took its place. What was deleted and is still open is not taken for it either: what
/// is written there is lost. Its write-ahead log, which holds the last commits, is held with it. Nobody can tell where it was
/// overwritten in place, or where another disk is mounted over it on which a file of the same name has the same number.
/// </summary>
internal sealed class HeldFile(string path) : IDisposable
{
    /// <summary>Asks whether the file that is open is no longer the one of its name (SQLITE_FCNTL_HAS_MOVED).</summary>
    private const int HasMoved = 20;

    private readonly Lock gate = new();
    private SqliteConnection? held;
    private FileIdentity?[] known = [];
    private bool isLinked;
    private bool isReleased;

    /// <summary>It is not in its place, or another is.</summary>
    public bool IsGone
    {
        get
        {
            if (!File.Exists(path)) return true;
            try
            {
                using var now = Open();
                return !IsSame(now);
            }
            catch (SqliteException)
            {
                return false; // It is there: why it cannot be opened is told to whoever needs it.
            }
        }
    }

    /// <summary>It is the one from now on.</summary>
    public void Begin()
    {
        lock (gate)
        {
            if (isReleased || held is not null) return;
            var connection = Open();
            try
            {
                Execute(connection, "SELECT count(*) FROM sqlite_schema"); // Opens what lies beside it, for as long as it is held.
                (known, isLinked) = (Identities(connection), connection.DataSource != Path.GetFullPath(path));
                held = connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
    }

    /// <exception cref="SqliteException">What is open is not that file, as if it were not there.</exception>
    public void Check(SqliteConnection connection)
    {
        Begin();
        if (IsSame(connection)) return;
        var name = Path.GetFileName(path);
        throw new SqliteException(
            Save()
                ? $"{name}-wal or {name}-shm is gone or was replaced. Restart the portal, and put no other one there"
                : $"{name} is gone, or is not the one that this portal began with",
            raw.SQLITE_CANTOPEN);
    }

    /// <summary>From here on it is held and looked at no more: somebody may remove it.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isReleased = true;
            held?.Dispose();
            held = null;
        }
    }

    private bool IsSame(SqliteConnection connection)
    {
        lock (gate)
            if (held is not null && (Moved(held) || connection.DataSource != held.DataSource || LeadsElsewhere(held)
                || !Identities(held).SequenceEqual(known))) return false;
        return isReleased || !Moved(connection);
    }

    /// <summary>
    /// Where only the write-ahead log was deleted or moved away, what it holds goes into the file now: it is open here still, and a
    /// restart begins without it. Not where another that holds something lies in its place, such as a backup's.
    /// </summary>
    /// <returns>The file itself is the one that is held.</returns>
    private bool Save()
    {
        lock (gate)
        {
            if (held is null || Moved(held) || LeadsElsewhere(held)) return false;
            var (log, name) = (Identities(held)[0], $"{held.DataSource}-wal");
            if (log is not null && log != known[0] && new FileInfo(name) is { Exists: true, Length: > 0 }) return true;
            try
            {
                Execute(held, "PRAGMA wal_checkpoint(PASSIVE)"); // Where nothing is left to be done, it writes nothing.
            }
            catch (SqliteException)
            {
                // The next look tries again; whoever needed the file is told that it cannot be used.
            }

            return true;
        }
    }

    /// <summary>Of the write-ahead log and its index, which lie beside the file that a link leads to.</summary>
    private static FileIdentity?[] Identities(SqliteConnection connection) =>
        [FileIdentity.Of($"{connection.DataSource}-wal"), FileIdentity.Of($"{connection.DataSource}-shm")];

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteScalar();
    }

    /// <summary>SQLite follows links when it opens: one that was changed since shows only by opening once more.</summary>
    private bool LeadsElsewhere(SqliteConnection then)
    {
        if (!isLinked) return false;
        using var now = Open();
        return now.DataSource != then.DataSource;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(SqliteFile.ConnectionString(path, durable: false, isThere: true));
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static bool Moved(SqliteConnection connection) =>
        FileControl(connection.Handle!.DangerousGetHandle(), 0, HasMoved, out var hasMoved) == raw.SQLITE_OK && hasMoved != 0;

    /// <param name="name">Null = the main database.</param>
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int FileControl(IntPtr database, IntPtr name, int operation, out int answer);
}
