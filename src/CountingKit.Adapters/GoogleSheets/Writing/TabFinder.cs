using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>A tab that carries all of our metadata.</summary>
/// <param name="StampId">Google's number of the run stamp.</param>
/// <param name="ColumnsId">Google's number of the columns' metadata.</param>
internal sealed record FoundTab(
    Sheet Sheet, TabOwner Owner, RunStamp Stamp, TabColumns Columns, int StampId, int ColumnsId, TabPlace Place)
{
    public int SheetId => Sheet.Properties.SheetId ?? 0;

    public string Title => Sheet.Properties.Title;

    public int GridRows => Sheet.Properties.GridProperties?.RowCount ?? 0;

    public int GridColumns => Sheet.Properties.GridProperties?.ColumnCount ?? 0;
}

/// <summary>Finds an exporter's tab by what it carries, never by its title.</summary>
internal static class TabFinder
{
    /// <param name="known">Where it was last time; null = never written.</param>
    public static FoundTab? Find(Spreadsheet spreadsheet, Guid exporterId, int? known) =>
        (spreadsheet.Sheets ?? []).Select(sheet => Read(spreadsheet, sheet)).OfType<FoundTab>()
            .Where(tab => tab.Owner.ExporterId == exporterId)
            .OrderBy(tab => tab.SheetId == known ? 0 : 1)
            .FirstOrDefault();

    /// <summary>Null = not ours: metadata missing, damaged, or of another tab or file.</summary>
    public static FoundTab? Read(Spreadsheet spreadsheet, Sheet sheet)
    {
        var sheetId = sheet.Properties.SheetId ?? 0;
        var metadata = sheet.DeveloperMetadata ?? [];
        if (Find(metadata, TabMetadata.OwnerKey) is not { } owned || Find(metadata, TabMetadata.RunKey) is not { } run
            || Find(metadata, TabMetadata.ColumnsKey) is not { } layout) return null;
        return TabMetadata.Read<TabOwner>(owned.MetadataValue) is { } owner
            && owner.SheetId == sheetId && owner.SpreadsheetId == spreadsheet.SpreadsheetId
            && TabMetadata.Read<RunStamp>(run.MetadataValue) is { ContentHash: not null } stamp
            && TabMetadata.Read<TabColumns>(layout.MetadataValue) is { Keys: { } keys, Headings: { } headings } columns
            && keys.Count == headings.Count && keys.Count == stamp.Columns
            ? new(sheet, owner, stamp, columns, run.MetadataId ?? 0, layout.MetadataId ?? 0,
                TabPlace.Of(spreadsheet.NamedRanges, owner.ExporterId, sheetId, stamp))
            : null;
    }

    private static DeveloperMetadata? Find(IList<DeveloperMetadata> metadata, string key) =>
        metadata.FirstOrDefault(m => m.MetadataKey == key);
}
