using Microsoft.Data.Sqlite;

namespace CountingKit.Benchmarks;

/// <summary>One connection that inserts rows of the store's shape into the store's table, and asks nothing.</summary>
internal sealed class PlainInserts : IDisposable
{
    private static readonly string[] Columns =
        ["position", "stream", "revision", "id", "type", "created", "data", "metadata"];

    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private long position;

    /// <param name="path">A file that the store has made.</param>
    public PlainInserts(string path)
    {
        connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        Execute("PRAGMA synchronous = FULL");
        using var last = connection.CreateCommand();
        last.CommandText = "SELECT max(position) FROM event";
        position = (long)last.ExecuteScalar()!;

        insert = connection.CreateCommand();
        insert.CommandText =
            $"INSERT INTO event ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(c => "$" + c))})";
        foreach (var column in Columns) insert.Parameters.Add(new SqliteParameter { ParameterName = "$" + column });
        insert.Prepare();
    }

    /// <summary>Rows a second.</summary>
    public double Run(int perCommit, RunningTurn turn)
    {
        var first = position;
        while (!turn.IsOver)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            insert.Transaction = transaction;
            for (var i = 0; i < perCommit; i++) Insert(writer: i, perCommit);
            transaction.Commit();
        }

        return (position - first) / turn.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        insert.Dispose();
        connection.Dispose();
    }

    private void Insert(int writer, int writers)
    {
        var @event = Sample.Event();
        position++;
        var values = insert.Parameters;
        values[0].Value = position;
        values[1].Value = $"plain-{writers}-{writer}-0";
        values[2].Value = position;
        values[3].Value = @event.Id.ToByteArray(bigEndian: true);
        values[4].Value = @event.Type;
        values[5].Value = TimeProvider.System.GetUtcNow().UtcTicks;
        values[6].Value = @event.Data.ToArray();
        values[7].Value = @event.Metadata.ToArray();
        insert.ExecuteNonQuery();
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
