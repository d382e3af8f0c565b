using System.Reflection;

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

    /// <summary>Rows hold plain values alone, so that a copy of one shares nothing with it.</summary>
    private static readonly Func<object, object> Copy = typeof(object)
        .GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!.CreateDelegate<Func<object, object>>();

    private readonly Dictionary<Type, RowsOfType> types = [];
    private readonly List<Entry> ofStep = [];
    private int step;
    private readonly KeyFilter? written = isEmpty ? new KeyFilter() : null;

    /// <summary>What follows can be undone on its own.</summary>
    public void BeginStep()
    {
        step++;
        ofStep.Clear();
    }

    /// <summary>All rows are as they were when the step began.</summary>
    public void UndoStep()
    {
        foreach (var entry in ofStep) entry.Undo();
        ofStep.Clear();
    }

    /// <summary>After changes that were taken from here and not written: nothing is known of any row.</summary>
    public void Forget()
    {
        ofStep.Clear();
        foreach (var rows in types.Values) rows.Forget();
    }

    /// <summary>What is known of a row; to be loaded if nothing is.</summary>
    public Entry Look(Type row, object key)
    {
        var rows = Of(row);
        rows.AreLookedUp = true;
        var entry = Find(rows, key);
        if (!entry.IsKnown && written is not null && !rows.AreBlind && !written.MayHold(row, key)) entry.Load(null, null);
        return entry;
    }

    /// <exception cref="InvalidOperationException">There is such a row already.</exception>
    public void Add(Type type, object key, object row)
    {
        var entry = Find(Of(type), key);
        if (entry.Row is not null) throw new InvalidOperationException($"There is a {type.Name} of this key already.");
        entry.Set(row);
    }

    public void Remove(Type type, object key, object?[] values)
    {
        var entry = Find(Of(type), key);
        if (!entry.IsKnown) entry.Written = values;
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

    /// <summary>The step's own copy of the row, so that the step can be undone.</summary>
    private Entry Find(RowsOfType rows, object key)
    {
        var entry = rows.Find(key);
        if (entry.Enter(step)) ofStep.Add(entry);
        return entry;
    }

    private RowsOfType Of(Type type)
    {
        if (!types.TryGetValue(type, out var rows)) types.Add(type, rows = new());
        return rows;
    }

    /// <summary>What is known of one key.</summary>
    internal sealed class Entry(object key)
    {
        private int step = -1;
        private object? before;
        private bool wasKnown;

        public object Key => key;

        /// <summary>Null = it is not there.</summary>
        public object? Row { get; private set; }

        /// <summary>As the database has it; null = not at all.</summary>
        public object?[]? Written { get; set; }

        public bool IsKnown { get; private set; }

        /// <returns>False = the step has it already.</returns>
        public bool Enter(int step)
        {
            if (this.step == step) return false;
            (this.step, before, wasKnown) = (step, Row, IsKnown);
            if (Row is not null) Row = Copy(Row);
            return true;
        }

        /// <summary>What the database has; known also when the step is undone.</summary>
        public void Load(object? row, object?[]? values)
        {
            (before, wasKnown) = (row, true);
            (Row, Written, IsKnown) = (row is null ? null : Copy(row), values, true);
        }

        public void Set(object? row) => (Row, IsKnown) = (row, true);

        public void Undo()
        {
            (Row, IsKnown) = (before, wasKnown);
            if (!wasKnown) Written = null;
        }
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

        public void Forget()
        {
            (recent, older) = ([], []);
            touched.Clear();
            AreBlind |= !AreLookedUp;
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
