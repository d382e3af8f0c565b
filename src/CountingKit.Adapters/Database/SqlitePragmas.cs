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

    private DbCommand Command(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA synchronous = {synchronous}; PRAGMA busy_timeout = 30000; {more}";
        return command;
    }
}
