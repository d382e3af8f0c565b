namespace CountingKit.EventSourcing;

/// <summary>
/// The rows that projections found and made, kept over the batches of one database as long as nobody else writes it. Bounded:
/// what was not asked for lately goes. Rows are written by comparison with what was written last.
/// </summary>
/// <param name="isEmpty">The database holds no rows yet: what was not written through here is not there.</param>
internal sealed class RowCache(bool isEmpty)
{
    /// <summary>Rows of one type, at most twice that many.</summary>
    private const int Limit = 500;

    private readonly Dictionary<Type, RowsOfType> types = [];
    private readonly KeyFilter? written = isEmpty ? new KeyFilter() : null;

    /// <summary>What is known of a row; to be loaded if nothing is.</summary>
    public Entry Look(Type row, object key)
    {
        var rows = Of(row);
        rows.AreLookedUp = true;
        var entry = rows.Find(key);
        if (!entry.IsKnown && written is not null && !rows.AreBlind && !written.MayHold(row, key)) entry.Load(null, null);
        return entry;
    }

    /// <exception cref="InvalidOperationException">There is such a row already.</exception>
    public void Add(Type type, object key, object row)
    {
        var entry = Of(type).Find(key);
        if (entry.Row is not null) throw new InvalidOperationException($"There is a {type.Name} of this key already.");
        entry.Set(row);
    }

    public void Remove(Type type, object key, object?[] values)
    {
        var entry = Of(type).Find(key);
        if (!entry.IsKnown) entry.Load(null, values);
        entry.Set(null);
    }

    /// <summary>Ends a batch.</summary>
    /// <returns>What it changed. If that is not written after all, this cache tells lies: throw it away.</returns>
    public IReadOnlyList<RowChange> Take(Dictionary<Type, RowTable> tables)
    {
        var changes = new List<RowChange>();
        foreach (var (type, rows) in types)
        {
            var table = tables[type];
            foreach (var entry in rows.Touched)
            {
                var values = entry.Row is { } row ? table.Values(row) : null;
                if (values is null && entry.Written is { } gone)
                    changes.Add(new(table.Delete, table.Key, gone));
                else if (values is not null && entry.Written is null)
                {
                    changes.Add(new(table.Insert, table.Columns, values));
                    if (rows.AreLookedUp) written?.Add(type, entry.Key);
                }
                else if (values is not null && !values.AsSpan().SequenceEqual(entry.Written))
                    changes.Add(new(table.Put, table.Columns, values));
                entry.Written = values;
            }

            rows.Settle();
        }

        return changes;
    }

    private RowsOfType Of(Type type)
    {
        if (!types.TryGetValue(type, out var rows)) types.Add(type, rows = new());
        return rows;
    }

    /// <summary>What is known of one key.</summary>
    internal sealed class Entry(object key)
    {
        public object Key => key;

        /// <summary>Null = it is not there.</summary>
        public object? Row { get; private set; }

        /// <summary>As the database has it; null = not at all.</summary>
        public object?[]? Written { get; set; }

        public bool IsKnown { get; private set; }

        public void Load(object? row, object?[]? values) => (Row, Written, IsKnown) = (row, values, true);

        public void Set(object? row) => (Row, IsKnown) = (row, true);
    }

    private sealed class RowsOfType
    {
        private Dictionary<object, Entry> recent = [];
        private Dictionary<object, Entry> older = [];
        private HashSet<Entry> touched = [];

        public IReadOnlyCollection<Entry> Touched => touched;

        /// <summary>A projection asks for them; if none ever does, they need not be kept.</summary>
        public bool AreLookedUp { get; set; }

        /// <summary>Some were written and not kept in mind.</summary>
        public bool AreBlind { get; private set; }

        public Entry Find(object key)
        {
            if (!recent.TryGetValue(key, out var entry))
            {
                if (!older.Remove(key, out entry)) entry = new Entry(key);
                recent.Add(key, entry);
            }

            touched.Add(entry);
            return entry;
        }

        public void Settle()
        {
            touched.Clear();
            if (AreLookedUp && recent.Count <= Limit) return;
            if (!AreLookedUp) (AreBlind, recent) = (true, []);
            (older, recent) = (recent, []);
        }
    }
}
