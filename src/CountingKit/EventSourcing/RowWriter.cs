using System.Data.Common;

namespace CountingKit.EventSourcing;

/// <summary>
/// Writes rows inside a transaction: where the database takes batches, hundreds of rows in one round trip; where it is in
/// this process, with one prepared statement for each kind.
/// </summary>
internal sealed class RowWriter(DbConnection connection, DbTransaction transaction) : IAsyncDisposable
{
    private const int BatchLimit = 1000;

    private readonly Dictionary<string, DbCommand> prepared = [];
    private readonly DbCommand scratch = connection.CreateCommand();
    private DbBatch? batch;

    public async ValueTask Write(RowChange change, CancellationToken ct)
    {
        if (connection.CanCreateBatch) await Queue(change, ct);
        else await Execute(change, ct);
    }

    /// <summary>Sends what is queued.</summary>
    public async Task Complete(CancellationToken ct)
    {
        if (batch is not { } full) return;
        batch = null;
        await using (full) await full.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in prepared.Values) await command.DisposeAsync();
        if (batch is not null) await batch.DisposeAsync();
        await scratch.DisposeAsync();
    }

    private async ValueTask Queue(RowChange change, CancellationToken ct)
    {
        var (sql, columns, values) = change;
        if (batch is null)
        {
            batch = connection.CreateBatch();
            batch.Transaction = transaction;
        }

        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        for (var i = 0; i < columns.Length; i++) command.Parameters.Add(Parameter(columns.Span[i], i, values[i]));
        batch.BatchCommands.Add(command);
        if (batch.BatchCommands.Count == BatchLimit) await Complete(ct);
    }

    /// <summary>Does it at once.</summary>
    /// <returns>The rows written.</returns>
    public async ValueTask<int> Execute(RowChange change, CancellationToken ct)
    {
        var (sql, columns, values) = change;
        if (!prepared.TryGetValue(sql, out var command))
        {
            prepared.Add(sql, command = connection.CreateCommand());
            (command.CommandText, command.Transaction) = (sql, transaction);
            for (var i = 0; i < columns.Length; i++) command.Parameters.Add(Parameter(columns.Span[i], i, values[i]));
        }

        for (var i = 0; i < columns.Length; i++) command.Parameters[i].Value = columns.Span[i].ToProvider(values[i]);
        return await command.ExecuteNonQueryAsync(ct);
    }

    private DbParameter Parameter(RowTable.Column column, int index, object? value) =>
        column.Mapping.CreateParameter(scratch, RowTable.Parameter(index), value);
}

/// <summary>One row to be written.</summary>
/// <param name="Sql">One of the table's statements.</param>
/// <param name="Columns">Those that the statement's parameters stand for, in order.</param>
internal readonly record struct RowChange(string Sql, ReadOnlyMemory<RowTable.Column> Columns, object?[] Values);
