using Microsoft.Data.Sqlite;

namespace CountingKit.Sandbox.Hosting;

/// <summary>
/// One SQLite file of the sandbox's state. A commit survives the death of the process (write-ahead log, not synced:
/// a power cut may lose the last moments).
/// </summary>
internal sealed class SandboxFile
{
    private readonly string _connectionString;

    public SandboxFile(string path, string schema)
    {
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString();
        using var session = Open();
        session.Execute("PRAGMA journal_mode = WAL");
        session.Execute(schema);
    }

    /// <summary>Closes the connections that wait for reuse, to whichever file.</summary>
    public static void CloseAll() => SqliteConnection.ClearAllPools();

    public SandboxSession Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        var session = new SandboxSession(connection);
        session.Execute("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
        return session;
    }

    /// <summary>Runs <paramref name="work"/> as one durable step; writers come one after another.</summary>
    public T Transact<T>(Func<SandboxSession, T> work)
    {
        using var session = Open();
        using var transaction = session.Begin();
        var answer = work(session);
        transaction.Commit();
        return answer;
    }

    public void Transact(Action<SandboxSession> work) => Transact(session =>
    {
        work(session);
        return true;
    });
}

/// <summary>An open connection. Parameters are <c>$1</c>, <c>$2</c> … in the order given; null is NULL.</summary>
internal sealed class SandboxSession(SqliteConnection connection) : IDisposable
{
    public SqliteTransaction Begin() => connection.BeginTransaction(deferred: false);

    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read()) rows.Add(map(reader));
        return rows;
    }

    public T? First<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
        where T : class
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        return reader.Read() ? map(reader) : null;
    }

    /// <summary>The first column of the first row; 0 where there is none.</summary>
    public long Number(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar() is long number ? number : 0;
    }

    public SqliteCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        return command;
    }

    public void Dispose() => connection.Dispose();
}
