using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CountingKit.Adapters.Database;

/// <summary>Sets on each opened connection what SQLite does not keep in the file.</summary>
/// <param name="more">Other pragmas, each with its semicolon.</param>
internal sealed class SqlitePragmas(string synchronous, string more = "") : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = Command(connection);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = Command(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Half a megabyte of pages for each connection: there are dozens, the system keeps the file's pages as well, and by
    /// default each would take months to grow to two.
    /// </summary>
    internal const string Cache = "PRAGMA cache_size = -512";

    private DbCommand Command(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA synchronous = {synchronous}; PRAGMA busy_timeout = 30000; {Cache}; {more}";
        return command;
    }
}
