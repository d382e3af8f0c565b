using CountingKit.Spreadsheets;

namespace CountingKit.Adapters.GoogleSheets;

/// <param name="Source">Index in the request's columns; null = no longer exported: its cells are blank.</param>
internal sealed record LaidOutColumn(string Key, string Heading, SheetColumn? Column, int? Source, bool IsNew);

/// <summary>
/// Which column stands where. Columns that a tab has keep their places, so that formulas beside the data go on meaning
/// the same; new ones are inserted after their neighbor.
/// </summary>
/// <param name="KeepsOrder">True = the exporter's order differs from the tab's, and the tab's stands.</param>
internal sealed record ColumnLayout(IReadOnlyList<LaidOutColumn> Columns, bool KeepsOrder)
{
    private const string Gone = " (no longer exported)";

    public int Count => Columns.Count;

    public IReadOnlyList<string> Headings => [.. Columns.Select(c => c.Heading)];

    public TabColumns Metadata => new([.. Columns.Select(c => c.Key)], Headings);

    /// <summary>Neighboring new columns together, from left to right: where they begin, where they end.</summary>
    public IReadOnlyList<(int Start, int End)> Inserted
    {
        get
        {
            List<(int Start, int End)> runs = [];
            for (var i = 0; i < Columns.Count; i++)
            {
                if (!Columns[i].IsNew) continue;
                if (runs is [.., var last] && last.End == i) runs[^1] = (last.Start, i + 1);
                else runs.Add((i, i + 1));
            }
            return runs;
        }
    }

    public static ColumnLayout Of(IReadOnlyList<SheetColumn> wanted, TabColumns? existing)
    {
        var source = wanted.Select((column, index) => (column, index)).ToDictionary(c => c.column.Key, c => c.index);
        var isNew = existing is not null;
        List<LaidOutColumn> columns = [];
        for (var i = 0; i < (existing?.Keys.Count ?? 0); i++)
            columns.Add(source.TryGetValue(existing!.Keys[i], out var index)
                ? new(existing.Keys[i], wanted[index].Heading, wanted[index], index, false)
                : new(existing.Keys[i], MarkGone(existing.Headings[i]), null, null, false));
        for (var i = 0; i < wanted.Count; i++)
        {
            if (columns.Exists(c => c.Key == wanted[i].Key)) continue;
            var place = i == 0 ? 0 : columns.FindIndex(c => c.Key == wanted[i - 1].Key) + 1;
            columns.Insert(place, new(wanted[i].Key, wanted[i].Heading, wanted[i], i, isNew));
        }
        var order = columns.Select(c => c.Source).OfType<int>().ToList();
        return new(columns, !order.SequenceEqual(order.Order()));
    }

    private static string MarkGone(string heading) =>
        heading.EndsWith(Gone, StringComparison.Ordinal) ? heading : heading + Gone;
}
