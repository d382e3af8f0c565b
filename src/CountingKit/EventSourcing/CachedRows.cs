
namespace CountingKit.EventSourcing;

/// <summary>
/// The rows of one batch: they come from and go to a <see cref="RowCache"/> rather than EF's change tracker, which makes
/// thousands of events a second out of hundreds.
/// </summary>
/// <param name="db">Only read.</param>
/// <param name="whenWritten">Rows that the cache does not have are in the database once this is over.</param>
internal sealed class CachedRows(ReadDb db, RowCache cache, Func<Task> whenWritten) : IRows
{
    /// <summary>How each row type stands in this database.</summary>
    public Dictionary<Type, RowTable> Tables { get; } = RowTable.Of(db);

    public async ValueTask<TRow?> Find<TRow>(object[] key, CancellationToken ct) where TRow : class, IReadRow
    {
        var table = Tables[typeof(TRow)];
        var entry = cache.Look(typeof(TRow), table.KeyOf(parts: key));
        if (!entry.IsKnown)
        {
            await whenWritten();
            var row = await db.FindAsync<TRow>(key, ct);
            entry.Load(row, row is null ? null : table.Values(row));
        }

        return (TRow?)entry.Row;
    }

    public void Add<TRow>(TRow row) where TRow : class, IReadRow =>
        cache.Add(typeof(TRow), Tables[typeof(TRow)].KeyOf(row), row);

    public void Remove<TRow>(TRow row) where TRow : class, IReadRow
    {
        var table = Tables[typeof(TRow)];
        cache.Remove(typeof(TRow), table.KeyOf(row), table.Values(row));
    }
}
