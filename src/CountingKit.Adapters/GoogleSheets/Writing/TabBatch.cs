using System.Globalization;
using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;
using Spreadsheet = Google.Apis.Sheets.v4.Data.Spreadsheet;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>What a write is made of, when everything about it has been decided.</summary>
/// <param name="Tab">Null = it will be made.</param>
internal sealed record TabWrite(
    WriteRequest Request,
    Spreadsheet Spreadsheet,
    FoundTab? Tab,
    int SheetId,
    string Title,
    ColumnLayout Layout,
    TabRows Rows)
{
    /// <summary>So many rows right below ours are our records once more: they are cleared.</summary>
    public int Echoes { get; init; }

    /// <summary>Where the rows are gathered first; null = one request carries them.</summary>
    public StagingTab? Staging { get; init; }

    /// <summary>What is enough, since the tab holds the former rows; null = all rows are written.</summary>
    public TabPatch? Patch { get; init; }

    public int Height => Rows.Count;

    /// <summary>The row of the headings, 0-based.</summary>
    public int Top => Tab?.Place.Top ?? 0;

    /// <summary>Below the last row, as it is after the write.</summary>
    public int Bottom => Top + Height;

    public int StampId => ChosenIds.Stamp(Request.Tab.ExporterId, Request.RunId, [
        .. (Spreadsheet.Sheets ?? []).SelectMany(s => s.DeveloperMetadata ?? [])
            .Concat(Spreadsheet.DeveloperMetadata ?? []).Select(m => m.MetadataId ?? 0)]);

    public RunStamp Stamp => new(
        Request.RunId, Request.RowCount, Layout.Count, Request.ContentHash, Request.At.ToUniversalTime(), "done");

    public string NamedRangeId => TabNames.RangeId(Request.Tab.ExporterId);

    /// <summary>Our columns, from the headings on.</summary>
    public GridRange Area(int height) => Rectangles.Of(SheetId, Top, Top + height, 0, Layout.Count);
}

/// <summary>The one batch of a write: all of it is carried out, or none.</summary>
internal static class TabBatch
{
    public static BatchUpdateSpreadsheetRequest Make(TabWrite write) => new()
    {
        Requests =
        [
            .. write.Tab is null ? NewTab.Requests(write) : ExistingTab.Requests(write, write.Tab),
            .. write.Staging is { } staging ? [StagingTab.Gone(staging.SheetId)] : Array.Empty<Request>(),
        ],
    };

    /// <summary>
    /// Values of the whole rectangle, old and new: what no row covers is cleared. Those that were gathered in a staging tab are
    /// copied from there as values, so that formats and rules of people's own stay.
    /// </summary>
    public static IEnumerable<Request> Values(TabWrite write, int height)
    {
        if (write.Patch is { } patch)
        {
            foreach (var request in patch.Requests(write)) yield return request;
            if (Rest(write, height) is { } rest) yield return rest;
            yield break;
        }

        if (write.Staging is not { } staging)
        {
            yield return new()
            {
                UpdateCells = new() { Range = write.Area(height), Rows = [.. write.Rows.Together!], Fields = "userEnteredValue" },
            };
            yield break;
        }

        yield return new()
        {
            CopyPaste = new()
            {
                Source = Rectangles.Of(staging.SheetId, 0, write.Height, 0, write.Layout.Count),
                Destination = write.Area(write.Height), PasteType = "PASTE_VALUES", PasteOrientation = "NORMAL",
            },
        };
        if (Rest(write, height) is { } below) yield return below;
    }

    /// <summary>Clears what is left of former rows below the last one; null = there is nothing.</summary>
    private static Request? Rest(TabWrite write, int height) => height <= write.Height ? null : new()
    {
        UpdateCells = new()
        {
            Range = Rectangles.Of(write.SheetId, write.Bottom, write.Top + height, 0, write.Layout.Count),
            Fields = "userEnteredValue",
        },
    };

    /// <param name="shifted">Columns inserted before A: the note that moved along is removed.</param>
    public static Request Note(TabWrite write, int shifted)
    {
        var request = write.Request;
        var time = request.At.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var note = $"CountingKit · {request.Note} · updated {time} UTC · run {request.RunId.ToString("N")[^8..]}";
        var cells = Enumerable.Range(0, shifted).Select(_ => new CellData()).Prepend(new() { Note = note });
        return new()
        {
            UpdateCells = new()
            {
                Start = new() { SheetId = write.SheetId, RowIndex = write.Top, ColumnIndex = 0 },
                Rows = [new() { Values = [.. cells] }],
                Fields = "note",
            },
        };
    }

    public static IEnumerable<Request> ColumnLook(TabWrite write, int index)
    {
        var column = write.Layout.Columns[index];
        yield return Format(write.SheetId, write.Top, write.Top + 1, index, TabLook.Header);
        if (column.Column is not { } exported) yield break;
        yield return Format(write.SheetId, write.Top + 1, null, index, TabLook.Body(exported.Type));
        yield return new()
        {
            UpdateDimensionProperties = new()
            {
                Range = new()
                {
                    SheetId = write.SheetId, Dimension = "COLUMNS", StartIndex = index, EndIndex = index + 1,
                },
                Properties = new()
                {
                    PixelSize = TabLook.Width(exported.Type, exported.Heading, write.Rows.Widest[index]),
                    HiddenByUser = IsForPrograms(write, index) ? true : null,
                },
                Fields = IsForPrograms(write, index) ? "pixelSize,hiddenByUser" : "pixelSize",
            },
        };
    }

    /// <summary>
    /// An identifier at the right end of a new tab: runs need it, people go by the record's name. Who wants to see it shows it.
    /// </summary>
    private static bool IsForPrograms(TabWrite write, int index) => write.Tab is null && index > 0 && index == write.Layout.Count - 1
        && write.Request is { NameColumn: { } name, KeyColumn: { } key } && key != name && write.Layout.Columns[index].Key == key;

    public static Request Stamp(TabWrite write) =>
        Metadata(write.SheetId, TabMetadata.RunKey, TabMetadata.Write(write.Stamp), write.StampId);

    public static Request Metadata(int sheetId, string key, string value, int? id = null) => new()
    {
        CreateDeveloperMetadata = new()
        {
            DeveloperMetadata = new()
            {
                MetadataId = id, MetadataKey = key, MetadataValue = value,
                Location = new() { SheetId = sheetId }, Visibility = "DOCUMENT",
            },
        },
    };

    private static Request Format(int sheetId, int row, int? endRow, int column, CellFormat format) => new()
    {
        RepeatCell = new()
        {
            Range = new()
            {
                SheetId = sheetId, StartRowIndex = row, EndRowIndex = endRow,
                StartColumnIndex = column, EndColumnIndex = column + 1,
            },
            Cell = new() { UserEnteredFormat = format },
            Fields = "userEnteredFormat",
        },
    };
}
