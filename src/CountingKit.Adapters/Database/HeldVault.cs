using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace CountingKit.Adapters.Database;

/// <summary>
/// The file that the process began with is held open, so that nothing else passes for it: not the new one of a start after it
/// was deleted, which knows no sign-in and with which reactors would act on the whole log again; nor a backup, to which the
/// log and the read models that are open beside it do not belong. Nor is what was deleted and is still open in a pool written
/// to: that would be lost. The database is away until that file is back; a restart begins with what is there then.
/// </summary>
internal sealed class HeldVault(string file) : DbConnectionInterceptor, IDisposable
{
    /// <summary>Asks whether the file that is open is no longer the one of its name (SQLITE_FCNTL_HAS_MOVED).</summary>
    private const int HasMoved = 20;

    private readonly Lock gate = new();
    private SqliteConnection? held;
    private bool isReleased;

    /// <summary>It is not in its place, or another is.</summary>
    public bool IsGone
    {
        get
        {
            lock (gate) return !File.Exists(file) || (held is not null && Moved(held));
        }
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        Check((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Check((SqliteConnection)connection); // SQLite knows no waiting.
        return Task.CompletedTask;
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

    /// <exception cref="SqliteException">It is not that file, as if it were not there.</exception>
    private void Check(SqliteConnection connection)
    {
        try
        {
            if (IsSame(connection)) return;
        }
        catch
        {
            connection.Close(); // Its context would go on with it.
            throw;
        }

        connection.Close();
        SqliteConnection.ClearPool(connection);
        throw new SqliteException("vault.db is gone, or is not the one that this portal began with", raw.SQLITE_CANTOPEN);
    }

    private bool IsSame(SqliteConnection connection)
    {
        lock (gate)
        {
            if (isReleased) return true;
            if (held is null)
            {
                var first = new SqliteConnection(SqliteFile.ConnectionString(file, durable: false, isThere: true));
                first.Open();
                held = first;
            }

            return !Moved(held) && !Moved(connection);
        }
    }

    private static bool Moved(SqliteConnection connection) =>
        FileControl(connection.Handle!.DangerousGetHandle(), 0, HasMoved, out var hasMoved) == raw.SQLITE_OK && hasMoved != 0;

    /// <param name="name">Null = the main database.</param>
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int FileControl(IntPtr database, IntPtr name, int operation, out int answer);
}
