using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Formulas;
using CountingKit.Sandbox.Google.Requests;

namespace CountingKit.Sandbox.Google.Sheets;

/// <summary>The values.* calls on one version of a spreadsheet.</summary>
internal static class ValueRanges
{
    /// <summary>Trailing empty cells and rows are left out, and <c>values</c> altogether when nothing is left.</summary>
    /// <param name="render">FORMATTED_VALUE, UNFORMATTED_VALUE or FORMULA.</param>
    public static JsonObject Read(
        Workbook workbook, string text, string majorDimension, string render, bool datesAsText) =>
        Read(workbook, A1.Parse(workbook, text), majorDimension, render, datesAsText);

    /// <inheritdoc cref="Read(Workbook, string, string, string, bool)"/>
    public static JsonObject Read(
        Workbook workbook, GridRange range, string majorDimension, string render, bool datesAsText)
    {
        var tab = workbook.Tab(range.SheetId);
        if (range.Row0 >= tab.Rows || range.Column0 >= tab.Columns)
            throw GridRange.ExceedsGrid(
                tab, new Area(range.Row0, range.Row1 ?? range.Row0 + 1, range.Column0, range.Column1 ?? range.Column0
                + 1));
        var area = range.Within(tab)!.Value;
        var evaluator = new Evaluator(workbook);
        var byColumn = majorDimension == "COLUMNS";
        var lines = new JsonArray();
        var used = area with { Row1 = Math.Max(area.Row0, Math.Min(area.Row1, tab.UsedRows)) };
        for (var outer = 0; outer < (byColumn ? used.Width : used.Height); outer++)
        {
            var line = new JsonArray();
            for (var inner = 0; inner < (byColumn ? used.Height : used.Width); inner++)
            {
                var (row, column) = byColumn ? (used.Row0 + inner, used.Column0 + outer)
                    : (used.Row0 + outer, used.Column0 + inner);
                line.Add(Shown(evaluator, tab, row, column, render, datesAsText));
            }
            Trim(line, item => item!.ToString().Length == 0);
            lines.Add((JsonNode)line);
        }
        Trim(lines, item => item is JsonArray { Count: 0 });
        var json = new JsonObject { ["range"] = A1.Format(tab.Title, area), ["majorDimension"] = byColumn ? "COLUMNS"
            : "ROWS" };
        if (lines.Count > 0) json["values"] = lines;
        return json;
    }

    /// <summary>Writes to the draft; null leaves a cell as it is, an empty text empties it.</summary>
    /// <returns>UpdateValuesResponse without <c>spreadsheetId</c>.</returns>
    public static JsonObject Write(Batch batch, string text, JsonObject body, bool userEntered)
    {
        var range = A1.Parse(batch.Workbook, text);
        if (body.Text("range") is { Length: > 0 } said && A1.Parse(batch.Workbook, said) != range)
            throw GoogleError.Invalid($"Requested writing within range [{text}], but the body is for range [{said}]");
        var tab = batch.Workbook.Edit(range.SheetId);
        var lines = Lines(body);
        var (height, width) = (lines.Count, lines.Count == 0 ? 0 : lines.Max(line => line.Count));
        var single = range is { Row1: { } last, Column1: { } right } && last - range.Row0 == 1
            && right - range.Column0 == 1;
        if (!single && range.Column0 + width > (range.Column1 ?? int.MaxValue))
            throw GoogleError.Invalid(
                $"Requested writing within range [{text}], but tried writing to column [{A1.Column(range.Column1!.Value)}]");
        if (!single && range.Row0 + height > (range.Row1 ?? int.MaxValue))
            throw GoogleError.Invalid(
                $"Requested writing within range [{text}], but tried writing to row [{range.Row1 + 1}]");
        var area = new Area(range.Row0, range.Row0 + Math.Max(1, height), range.Column0, range.Column0
            + Math.Max(1, width));
        if (area.Row1 > tab.Rows || area.Column1 > tab.Columns) throw GridRange.ExceedsGrid(tab, area);
        return WriteAt(batch, tab, area, lines, userEntered);
    }

    public static JsonObject WriteAt(Batch batch, Tab tab, Area area, List<JsonArray> lines, bool userEntered)
    {
        ProtectedRangeRequests.DemandEditable(batch, tab, area);
        var cells = 0;
        for (var row = 0; row < lines.Count; row++)
            for (var column = 0; column < lines[row].Count; column++)
            {
                if (lines[row][column] is not { } node) continue;
                var before = tab[area.Row0 + row, area.Column0 + column];
                var value = CellValues.ReadRaw(node, row, column);
                JsonObject? dress = before?.Dress;
                if (userEntered && value is string typed)
                {
                    (value, var format) = TypedInput.Read(typed);
                    if (format is not null) dress = Formatted(dress, format);
                }
                tab.Set(area.Row0 + row, area.Column0 + column, Cell.Of(value, dress));
                cells++;
            }
        var json = new JsonObject { ["updatedRange"] = A1.Format(tab.Title, area) };
        if (cells == 0) return json;
        json["updatedRows"] = lines.Count;
        json["updatedColumns"] = lines.Max(line => line.Count);
        json["updatedCells"] = cells;
        return json;
    }

    /// <summary>Empties values; formats, notes and validation stay.</summary>
    /// <returns>The range that was cleared, in A1 notation.</returns>
    public static string Clear(Batch batch, string text)
    {
        var range = A1.Parse(batch.Workbook, text);
        var tab = batch.Workbook.Edit(range.SheetId);
        var area = range.Within(tab)
            ?? throw GridRange.ExceedsGrid(tab, new Area(range.Row0, range.Row0 + 1, range.Column0, range.Column0 + 1));
        ProtectedRangeRequests.DemandEditable(batch, tab, area);
        for (var row = area.Row0; row < Math.Min(area.Row1, tab.UsedRows); row++)
            for (var column = area.Column0; column < area.Column1; column++)
                if (tab[row, column] is { Value: not null } cell) tab.Set(row, column, Cell.Of(null, cell.Dress));
        return A1.Format(tab.Title, area);
    }

    /// <summary>The body's values as rows.</summary>
    public static List<JsonArray> Lines(JsonObject body)
    {
        var given = body.Array("values").Select((line, i) => line as JsonArray
            ?? throw GoogleError.Invalid(
                $"Invalid value at 'data.values[{i}]' (type.googleapis.com/google.protobuf.ListValue), {line?.ToJsonString() ?? "null"}")).ToList();
        if (body.Text("majorDimension") != "COLUMNS") return given;
        var rows = given.Count == 0 ? 0 : given.Max(line => line.Count);
        return [.. Enumerable.Range(0, rows)
            .Select(row => new JsonArray([.. given.Select(line => row < line.Count ? line[row]?.DeepClone() : null)]))];
    }

    private static JsonNode Shown(Evaluator evaluator, Tab tab, int row, int column, string render, bool datesAsText)
    {
        var cell = tab[row, column];
        if (cell?.Value is null) return JsonValue.Create("");
        if (render == "FORMULA" && cell.Value is Formula) return CellValues.WriteRaw(cell.Value);
        var value = evaluator.Value(tab, row, column);
        var isMoment = cell.Format?.Object("numberFormat")?.Text("type") is "DATE" or "TIME" or "DATE_TIME";
        return render == "FORMATTED_VALUE" || datesAsText && isMoment
            ? JsonValue.Create(NumberText.Shown(value, cell.Format))
            : CellValues.WriteRaw(value);
    }

    private static JsonObject Formatted(JsonObject? dress, JsonObject numberFormat)
    {
        var made = dress?.Copy() ?? [];
        if (made.Object("userEnteredFormat") is not { } format) made["userEnteredFormat"] = format = [];
        format["numberFormat"] = numberFormat;
        return made;
    }

    private static void Trim(JsonArray list, Func<JsonNode?, bool> isEmpty)
    {
        while (list.Count > 0 && isEmpty(list[^1])) list.RemoveAt(list.Count - 1);
    }
}
