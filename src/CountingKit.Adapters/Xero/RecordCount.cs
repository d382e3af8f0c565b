using CountingKit.Mirror;

namespace CountingKit.Adapters.Xero;

/// <summary>
/// Which records came so far, by 8 bytes of each key: paging ends when a page brings none that is new, and a reading is
/// whole when it gave as many as the first page of each slice said there are.
/// </summary>
internal sealed class RecordCount
{
    private readonly HashSet<ulong> earlier = [];
    private readonly HashSet<ulong> here = [];
    private long? told;
    private long missing;
    private long again;
    private bool anyTold;

    /// <summary>More are said to be there than came, or nothing is said: the next page may hold some.</summary>
    public bool WantsMore => told is not { } count || here.Count < count;

    /// <summary>How many there are in all, as far as it has been told; null = nothing was told.</summary>
    public long? Said => anyTold ? earlier.Count + missing + (told ?? here.Count) - again : null;

    /// <param name="count">What the slice's first page said; null = nothing.</param>
    public void Begin(long? count) => (told, anyTold) = (count, anyTold || count is not null);

    /// <summary>The slice is read again, from its first page.</summary>
    public void Restart()
    {
        here.Clear();
        again = 0;
    }

    public void End()
    {
        if (told is { } count) missing += Math.Max(0, count - here.Count);
        earlier.UnionWith(here);
        (told, again) = (null, 0);
        here.Clear();
    }

    /// <returns>Whether any of them is new in this slice.</returns>
    public bool Take(IReadOnlyList<SourceRecord> records)
    {
        var isAnyNew = false;
        foreach (var record in records)
        {
            var mark = Mark(record.Key);
            if (!here.Add(mark)) continue;
            isAnyNew = true;
            if (earlier.Contains(mark)) again++;
        }

        return isAnyNew;
    }

    /// <summary>FNV-1a: among a million keys two alike are as likely as one in 40 million.</summary>
    private static ulong Mark(string key)
    {
        var mark = 14_695_981_039_346_656_037UL;
        foreach (var character in key) mark = (mark ^ character) * 1_099_511_628_211UL;
        return mark;
    }
}
