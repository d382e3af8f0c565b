namespace CountingKit.EventSourcing;

/// <summary>Writes rows in one transaction of one database, as fast as that database takes them.</summary>
public interface IRowWriter : IAsyncDisposable
{
    /// <summary>Writes it now, or together with others by <see cref="Complete"/> at the latest; in the order given.</summary>
    ValueTask Write(RowChange change, CancellationToken ct);

    /// <summary>Writes it now.</summary>
    /// <returns>How many rows it changed.</returns>
    ValueTask<int> Execute(RowChange change, CancellationToken ct);

    /// <summary>After it everything is written. It does not commit.</summary>
    Task Complete(CancellationToken ct);
}

/// <summary>One row to be written.</summary>
/// <param name="Sql">A statement with the parameters <c>@p0</c>, <c>@p1</c> …, in this order and each once.</param>
/// <param name="Columns">Those that the parameters stand for, in order.</param>
/// <param name="Values">As the row holds them, not yet as the database does.</param>
public readonly record struct RowChange(string Sql, ReadOnlyMemory<RowColumn> Columns, object?[] Values);
