using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CountingKit.Adapters.Database;

/// <summary>
/// The SQLite file that the process began with is held open, so that nothing else passes for it: not a new one that was made
/// after it was deleted, nor a backup that took its place. What was deleted and is still open is not taken for it either: what
/// is written there is lost. Nobody can tell where it was overwritten in place, or where another disk is mounted over it on which
/// a file of the same name has the same number.
/// </summary>
internal sealed class HeldFile(string path) : IDisposable
{
    /// <summary>Asks whether the file that is open is no longer the one of its name (SQLITE_FCNTL_HAS_MOVED).</summary>
    private const int HasMoved = 20;

    private readonly Lock gate = new();
    private SqliteConnection? held;
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
            held = Open();
            isLinked = held.DataSource != Path.GetFullPath(path);
        }
    }

    /// <exception cref="SqliteException">What is open is not that file, as if it were not there.</exception>
    public void Check(SqliteConnection connection)
    {
        Begin();
        if (!IsSame(connection))
            throw new SqliteException(
                $"{Path.GetFileName(path)} is gone, or is not the one that this portal began with", raw.SQLITE_CANTOPEN);
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
            if (held is not null && (Moved(held) || connection.DataSource != held.DataSource || LeadsElsewhere(held))) return false;
        return isReleased || !Moved(connection);
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
