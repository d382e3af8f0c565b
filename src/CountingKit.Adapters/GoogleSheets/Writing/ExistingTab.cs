using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>The requests that bring a tab of ours up to date and leave everything around the data as it is.</summary>
internal static class ExistingTab
{
    public static IEnumerable<Request> Requests(TabWrite write, FoundTab tab)
    {
        var inserted = write.Layout.Inserted;
        var width = tab.GridColumns;
        foreach (var (start, end) in inserted)
        {
            yield return start < width
                ? Insert(tab.SheetId, start, end)
                : Append(tab.SheetId, "COLUMNS", end - start);
            width += end - start;
        }
        if (write.Height > tab.GridRows) yield return Append(tab.SheetId, "ROWS", write.Height - tab.GridRows);

        var height = Math.Max(write.Height, (int)tab.Stamp.Rows + 1);
        yield return TabBatch.Values(write, Math.Min(height, Math.Max(tab.GridRows, write.Height)));
        foreach (var look in inserted.SelectMany(i => Enumerable.Range(i.Start, i.End - i.Start))
            .SelectMany(column => TabBatch.ColumnLook(write, column)))
            yield return look;
        yield return TabBatch.Note(write, inserted is [(0, var first), ..] ? first : 0);

        var filter = FilterExtent.After(
            tab.Sheet.BasicFilter, inserted, tab.Columns.Keys.Count, write.Layout.Count, write.Height);
        if (filter is not null)
            yield return new() { SetBasicFilter = new() { Filter = filter } };
        if ((write.Spreadsheet.NamedRanges ?? []).Any(n => n.NamedRangeId == write.NamedRangeId))
            yield return NewExtent(write);

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

    public static Request NewExtent(TabWrite write) => new()
    {
        UpdateNamedRange = new()
        {
            NamedRange = new() { NamedRangeId = write.NamedRangeId, Range = write.Area(write.Height) },
            Fields = "range",
        },
    };

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
