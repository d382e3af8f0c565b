using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>The requests that bring a tab of ours up to date and leave everything around the data as it is.</summary>
internal static class ExistingTab
{
    public static IEnumerable<Request> Requests(TabWrite write, FoundTab tab)
    {
        var (inserted, own) = (write.Layout.Inserted, tab.Columns.Keys.Count);
        // Where somebody deleted the last of our columns or made the grid narrower.
        if (tab.GridColumns < own) yield return Append(tab.SheetId, "COLUMNS", own - tab.GridColumns);
        var width = Math.Max(tab.GridColumns, own);
        foreach (var (start, end) in inserted)
        {
            yield return start < width
                ? Insert(tab.SheetId, start, end)
                : Append(tab.SheetId, "COLUMNS", end - start);
            width += end - start;
        }
        if (write.Bottom > tab.GridRows) yield return Append(tab.SheetId, "ROWS", write.Bottom - tab.GridRows);

        var reach = Math.Max(write.Bottom, Math.Min(tab.Place.Bottom + write.Echoes, tab.GridRows));
        foreach (var values in TabBatch.Values(write, reach - write.Top)) yield return values;
        foreach (var look in NewColumns(write, tab).SelectMany(column => TabBatch.ColumnLook(write, column)))
            yield return look;
        yield return TabBatch.Note(write, inserted is [(0, var first), ..] ? first : 0);
        foreach (var follow in TabFeatures.All.OfType<TabFeature.Follow>())
            foreach (var request in follow.Requests(write, tab))
                yield return request;

        yield return NewTab.OurRange(write);
        if (TabMetadata.Write(write.Layout.Metadata) != TabMetadata.Write(tab.Columns))
            yield return new()
            {
                UpdateDeveloperMetadata = new()
                {
                    DataFilters = [By(tab.ColumnsId)],
                    DeveloperMetadata = new() { MetadataValue = TabMetadata.Write(write.Layout.Metadata) },
                    Fields = "metadataValue",
                },
            };
        // A new stamp with an id of its own, not the old one changed: so the batch cannot land twice.
        yield return new() { DeleteDeveloperMetadata = new() { DataFilter = By(tab.StampId) } };
        yield return TabBatch.Stamp(write);
    }

    /// <summary>So many columns the grid has after these requests.</summary>
    public static int ColumnsAfter(TabWrite write, FoundTab tab) =>
        Math.Max(tab.GridColumns, tab.Columns.Keys.Count) + write.Layout.Inserted.Sum(range => range.End - range.Start);

    /// <summary>By their place after the write: those that are new, and those that had gone from the grid.</summary>
    private static IEnumerable<int> NewColumns(TabWrite write, FoundTab tab)
    {
        var gone = tab.Columns.Keys.Skip(tab.GridColumns).ToHashSet();
        return Enumerable.Range(0, write.Layout.Count)
            .Where(i => write.Layout.Columns[i].IsNew || gone.Contains(write.Layout.Columns[i].Key));
    }

    private static DataFilter By(int metadataId) =>
        new() { DeveloperMetadataLookup = new() { MetadataId = metadataId } };

    private static Request Insert(int sheetId, int start, int end) => new()
    {
        InsertDimension = new()
        {
            Range = new() { SheetId = sheetId, Dimension = "COLUMNS", StartIndex = start, EndIndex = end },
            InheritFromBefore = start > 0,
        },
    };

    private static Request Append(int sheetId, string dimension, int length) =>
        new() { AppendDimension = new() { SheetId = sheetId, Dimension = dimension, Length = length } };
}
