using System.Data.Common;
using CountingKit.EventSourcing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CountingKit.Adapters.Database;

/// <summary>Writes hundreds of rows in one round trip.</summary>
/// <param name="db">With a transaction begun.</param>
internal sealed class PostgresRowWriter(ReadDb db) : IRowWriter
{
    private const int BatchLimit = 1000;

    private readonly DbConnection connection = db.Database.GetDbConnection();
    private readonly DbTransaction transaction = db.Database.CurrentTransaction!.GetDbTransaction();
    private readonly DbCommand scratch = db.Database.GetDbConnection().CreateCommand();
    private DbBatch? batch;

    public async ValueTask Write(RowChange change, CancellationToken ct)
    {
        batch ??= Batch();
        Add(change, batch);
        if (batch.BatchCommands.Count == BatchLimit) await Complete(ct);
    }

    public async ValueTask<int> Execute(RowChange change, CancellationToken ct)
    {
        await Complete(ct);
        await using var single = Batch();
        Add(change, single);
        return await single.ExecuteNonQueryAsync(ct);
    }

    public async Task Complete(CancellationToken ct)
    {
        if (batch is not { } full) return;
        batch = null;
        await using (full)
        {
            // A table's few statements, thousands of times each: parsed and planned once for the connection.
            await full.PrepareAsync(ct);
            await full.ExecuteNonQueryAsync(ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (batch is not null) await batch.DisposeAsync();
        await scratch.DisposeAsync();
    }

    private DbBatch Batch()
    {
        var made = connection.CreateBatch();
        made.Transaction = transaction;
        return made;
    }

    private void Add(RowChange change, DbBatch to)
    {
        var command = to.CreateBatchCommand();
        command.CommandText = change.Sql;
        for (var i = 0; i < change.Columns.Length; i++)
            command.Parameters.Add(change.Columns.Span[i].Mapping.CreateParameter(scratch, $"@p{i}", change.Values[i]));
        PostgresCharacters.Replace(command.Parameters);
        to.BatchCommands.Add(command);
    }
}
