using System.Data.Common;
using System.Runtime.InteropServices;
using CountingKit.Adapters.Moving;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace CountingKit.Adapters.Database;

/// <summary>
/// Once a vault has told its installation, a file in its place that tells none or another is not it, such as the new one of
/// a start after it was deleted: it knows no sign-in, and with it reactors would act on the whole log again. Nor is one that
/// was deleted or replaced and is still open: what is written there is lost. The database is away until the right one is back.
/// </summary>
internal sealed class KnownVault : DbConnectionInterceptor
{
    /// <summary>Asks for whether the file that is open is no longer the one of its name (SQLITE_FCNTL_HAS_MOVED).</summary>
    private const int HasMoved = 20;

    private volatile string? known;

    /// <summary>Another is in its place, as far as was seen last.</summary>
    public bool IsReplaced { get; private set; }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        Check((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Check((SqliteConnection)connection); // SQLite knows no waiting.
        return Task.CompletedTask;
    }

    /// <exception cref="SqliteException">It is not the one that was known, as if it were not there.</exception>
    private void Check(SqliteConnection connection)
    {
        var isItself = !Moved(connection);
        if (isItself)
        {
            var told = Told(connection);
            known ??= told;
            IsReplaced = told != known;
            if (!IsReplaced) return;
        }

        connection.Close(); // Its context would go on with it.
        SqliteConnection.ClearPool(connection);
        throw new SqliteException("vault.db is gone, or is not the one that this portal has used", raw.SQLITE_CANTOPEN);
    }

    private static bool Moved(SqliteConnection connection) =>
        FileControl(connection.Handle!.DangerousGetHandle(), 0, HasMoved, out var hasMoved) == raw.SQLITE_OK && hasMoved != 0;

    private static string? Told(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT \"Value\" FROM \"Settings\" WHERE \"Name\" = $name";
        command.Parameters.AddWithValue("$name", InstallationBinding.Setting);
        try
        {
            return command.ExecuteScalar() as string;
        }
        catch (SqliteException bare) when (bare.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            return null; // It has no tables yet.
        }
    }

    /// <param name="name">Null = the main database.</param>
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int FileControl(IntPtr database, IntPtr name, int operation, out int answer);
}
