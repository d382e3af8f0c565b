using Npgsql;

namespace CountingKit.Adapters.Database;

/// <summary>
/// One process at a time changes what tables there are in a database. The server gives the lock back when its holder dies.
/// </summary>
internal sealed class PostgresLock : IDisposable
{
    /// <summary>An advisory lock is a number: the ASCII bytes of <c>CountKit</c>.</summary>
    private const long Number = 0x436F756E744B6974;

    private readonly NpgsqlConnection connection;

    /// <summary>Waits as long as it takes.</summary>
    public PostgresLock(string connectionString)
    {
        // Of its own, so that closing it ends the session and with it the lock.
        connection = new(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        connection.Open();
        Execute($"SELECT pg_advisory_lock({Number})");
    }

    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of each row.</summary>
    public List<string> Read(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read()) found.Add(rows.GetString(0));
        return found;
    }

    public void Dispose() => connection.Dispose();
}
