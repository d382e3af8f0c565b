using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>The requests that make a tab with everything on it.</summary>
internal static class NewTab
{
    public static IEnumerable<Request> Requests(TabWrite write)
    {
        yield return new()
        {
            AddSheet = new()
            {
                Properties = new()
                {
                    SheetId = write.SheetId, Title = write.Title, TabColorStyle = TabLook.TabColor,
                    GridProperties = new()
                    {
                        RowCount = GridRows(write.Height), ColumnCount = write.Layout.Count, FrozenRowCount = 1,
                    },
                },
            },
        };
        for (var i = 0; i < write.Layout.Count; i++)
            foreach (var look in TabBatch.ColumnLook(write, i))
                yield return look;
        foreach (var values in TabBatch.Values(write, write.Height)) yield return values;
        yield return TabBatch.Note(write, shifted: 0);
        yield return new() { SetBasicFilter = new() { Filter = new() { Range = write.Area(write.Height) } } };
        yield return OurRange(write);
        var owner = new TabOwner(1, write.Request.Tab.ExporterId, write.Request.Dataset,
            write.Request.Tab.SpreadsheetId, write.SheetId);
        yield return TabBatch.Metadata(write.SheetId, TabMetadata.OwnerKey, TabMetadata.Write(owner));
        yield return TabBatch.Metadata(
            write.SheetId, TabMetadata.ColumnsKey, TabMetadata.Write(write.Layout.Metadata));
        yield return TabBatch.Stamp(write);
    }

    /// <summary>A frozen row needs another below it.</summary>
    public static int GridRows(int height) => Math.Max(height, 2);

    /// <summary>
    /// Where our cells are, for the next run. A name outlives its tab: where ours is left over, it is pointed here.
    /// </summary>
    public static Request OurRange(TabWrite write)
    {
        var names = write.Spreadsheet.NamedRanges ?? [];
        if (names.Any(n => n.NamedRangeId == write.NamedRangeId))
            return new()
            {
                UpdateNamedRange = new()
                {
                    NamedRange = new() { NamedRangeId = write.NamedRangeId, Range = write.Area(write.Height) },
                    Fields = "range",
                },
            };
        return new()
        {
            AddNamedRange = new()
            {
                NamedRange = new()
                {
                    NamedRangeId = write.NamedRangeId,
                    Name = TabNames.Range(write.Request.Dataset, names.Select(n => n.Name)),
                    Range = write.Area(write.Height),
                },
            },
        };
    }
}
