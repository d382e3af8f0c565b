using System.Data.Common;
using CountingKit.Adapters.Moving;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace CountingKit.Adapters.Database;

/// <summary>
/// Once a vault has told its installation, a file in its place that tells none or another is not it, such as the new one of
/// a start after it was deleted: it knows no sign-in, and with it reactors would act on the whole log again. The database is
/// away until the right one is back.
/// </summary>
internal sealed class KnownVault : DbConnectionInterceptor
{
    private volatile string? known;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Check(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Check(connection); // SQLite knows no waiting.
        return Task.CompletedTask;
    }

    /// <exception cref="SqliteException">It is not the one that was known, as if it were not there.</exception>
    private void Check(DbConnection connection)
    {
        if (File.Exists(connection.DataSource))
        {
            var told = Told(connection);
            known ??= told;
            if (told == known) return;
        }

        SqliteConnection.ClearPool((SqliteConnection)connection); // They may have open what was deleted.
        throw new SqliteException("vault.db is gone, or is not the one that this portal has used", raw.SQLITE_CANTOPEN);
    }

    private static string? Told(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT \"Value\" FROM \"Settings\" WHERE \"Name\" = $name";
        command.Parameters.Add(new SqliteParameter("$name", InstallationBinding.Setting));
        try
        {
            return command.ExecuteScalar() as string;
        }
        catch (SqliteException bare) when (bare.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            return null; // It has no tables yet.
        }
    }
}
