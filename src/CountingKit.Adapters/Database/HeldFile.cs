using System.Collections.Concurrent;
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

    /// <summary>Until the process ends.</summary>
    private static readonly ConcurrentBag<SqliteConnection> LeftOpen = [];

    private readonly Lock gate = new();
    private SqliteConnection? held;
    private FileIdentity?[] known = [];
    private bool isLinked;
    private bool isReleased;

    /// <summary>All that it took was in the file at the last look that could save it; it takes nothing more until what lies beside it is back.</summary>
    private bool isSaved;

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
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT count(*) FROM sqlite_schema"; // Opens what lies beside it, for as long as it is held.
                command.ExecuteScalar();
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
            Save() switch
            {
                null => $"{name} is gone, or is not the one that this portal began with",
                true => $"{name}-wal or {name}-shm is gone or was replaced. Restart the portal, and put no other one there",
                false => $"{name}-wal or {name}-shm is gone or was replaced, and its last changes are not in {name} yet. Do not stop "
                    + "the portal: free space on the disk, and end what else uses the file or take away what was put beside it",
            },
            raw.SQLITE_CANTOPEN);
    }

    /// <summary>From here on it is held and looked at no more: somebody may remove it.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isReleased = true;
            // Who closes last writes into the file and deletes by name what lies beside it, which is somebody else's here: as long
            // as this one is open, nobody closes last.
            if (held is not null && !Identities(held).SequenceEqual(known))
            {
                Save(); // Nobody may have looked since.
                LeftOpen.Add(held);
            }
            else held?.Dispose();
            held = null;
        }
    }

    private bool IsSame(SqliteConnection connection)
    {
        lock (gate)
        {
            if (held is not null && (Moved(held) || connection.DataSource != held.DataSource || LeadsElsewhere(held)
                || !Identities(held).SequenceEqual(known))) return false;
            isSaved = false;
        }

        return isReleased || !Moved(connection);
    }

    /// <summary>
    /// Where only what lies beside it was deleted or moved away, what the write-ahead log holds goes into the file now: it is open
    /// here still, and a restart begins without it. Not where somebody else's lies in its place: another process is at the file
    /// then, whose locks are not seen here, or a backup's last changes are to be put back.
    /// </summary>
    /// <returns>True = all of it is in the file; false = not yet, and each look tries again; null = it is another file.</returns>
    private bool? Save()
    {
        lock (gate)
        {
            if (held is null || Moved(held) || LeadsElsewhere(held)) return null;
            if (Identities(held) is not [var log, var index] || (index is not null && index != known[1])) return isSaved;
            if (log is not null && log != known[0] && new FileInfo($"{held.DataSource}-wal") is { Exists: true, Length: > 0 }) return isSaved;
            try
            {
                using var command = held.CreateCommand();
                command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)"; // Where nothing is left to be done, it writes nothing.
                using var answer = command.ExecuteReader();
                return isSaved = answer.Read() && answer.GetInt64(0) == 0 && answer.GetInt64(1) == answer.GetInt64(2);
            }
            catch (SqliteException)
            {
                return false; // Such as a full disk.
            }
        }
    }

    /// <summary>Of the write-ahead log and its index, which lie beside the file that a link leads to.</summary>
    private static FileIdentity?[] Identities(SqliteConnection connection) =>
        [FileIdentity.Of($"{connection.DataSource}-wal"), FileIdentity.Of($"{connection.DataSource}-shm")];

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
