using System.Globalization;
using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Google.Sheets;

/// <summary>Half-open rectangle of one tab, 0-based; a missing end is unbounded.</summary>
internal readonly record struct GridRange(int SheetId, int Row0, int? Row1, int Column0, int? Column1)
{
    public static GridRange Read(JsonObject json) => new(json.Int("sheetId") ?? 0,
        json.Int("startRowIndex") ?? 0, json.Int("endRowIndex"), json.Int("startColumnIndex")
            ?? 0, json.Int("endColumnIndex"));

    public static GridRange Whole(int sheetId) => new(sheetId, 0, null, 0, null);

    /// <summary>The same with ends filled from the tab's size.</summary>
    /// <exception cref="GoogleError">The range is empty or reaches beyond the grid.</exception>
    public Area On(Tab tab)
    {
        var area = new Area(Row0, Row1 ?? tab.Rows, Column0, Column1 ?? tab.Columns);
        if (Row0 < 0 || Column0 < 0 || area.Row1 <= area.Row0 && Row0 < tab.Rows || area.Column1 <= area.Column0
            && Column0 < tab.Columns)
            throw GoogleError.Invalid(
                $"Range ({A1.Format(tab.Title, area)}) is empty or negative: each end index must be after its start index.");
        if (Row0 >= tab.Rows || Column0 >= tab.Columns || area.Row1 > tab.Rows || area.Column1 > tab.Columns)
            throw ExceedsGrid(tab, area);
        return area;
    }

    /// <summary>The part of it that the tab has; null when there is none.</summary>
    public Area? Within(Tab tab)
    {
        var area = new Area(Row0, Math.Min(Row1 ?? tab.Rows, tab.Rows), Column0,
            Math.Min(Column1 ?? tab.Columns, tab.Columns));
        return area.Row1 > area.Row0 && area.Column1 > area.Column0 ? area : null;
    }

    public static GoogleError ExceedsGrid(Tab tab, Area area) =>
        GoogleError.Invalid(string.Create(CultureInfo.InvariantCulture,
        $"Range ({A1.Format(tab.Title, area)}) exceeds grid limits. Max rows: {tab.Rows}, max columns: {tab.Columns}"));
}

/// <summary>A bounded half-open rectangle.</summary>
internal readonly record struct Area(int Row0, int Row1, int Column0, int Column1)
{
    public int Height => Row1 - Row0;
    public int Width => Column1 - Column0;

    public bool Meets(Area other) =>
        Row0 < other.Row1 && other.Row0 < Row1 && Column0 < other.Column1 && other.Column0 < Column1;
}
