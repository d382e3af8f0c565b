using CountingKit.EventSourcing;

namespace CountingKit.Tests.EventSourcing;

/// <summary>Rows as EF itself keeps track of them: slow, and short enough to be right.</summary>
internal sealed class TrackedRows(ReadDb db) : IRows
{
    public ValueTask<TRow?> Find<TRow>(object[] key, CancellationToken ct) where TRow : class, IReadRow =>
        db.FindAsync<TRow>(key, ct);

    public void Add<TRow>(TRow row) where TRow : class, IReadRow => db.Add(row);

    public void Remove<TRow>(TRow row) where TRow : class, IReadRow => db.Remove(row);
}
