using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Sheets;
using CountingKit.Sandbox.Google.Wire;

namespace CountingKit.Sandbox.Google;

/// <summary><c>/v4/spreadsheets/{id}/values…</c>. Each call is all or nothing.</summary>
internal static class ValuesApi
{
    /// <returns>null where there is no such method.</returns>
    public static (JsonObject Json, string Type)? Route(SheetsCall call, Files files)
    {
        var path = call.Request.Path.Skip(3).ToArray();
        return (call.Request.Method, path) switch
        {
            ("GET", ["values", var range]) => (Read(call, range), "ValueRange"),
            ("PUT", ["values", var range]) =>
                (Change(call, files, draft => Update(call, draft, range)), "UpdateValuesResponse"),
            ("POST", ["values", var range]) when Verb(range, ":append") is { } at =>
                (Change(call, files, draft => Append(call, draft, at)), "AppendValuesResponse"),
            ("POST", ["values", var range]) when Verb(range, ":clear") is { } at =>
                (Change(call, files, draft => Clear(call, draft, at)), "ClearValuesResponse"),
            ("GET", ["values:batchGet"]) => (BatchGet(call), "BatchGetValuesResponse"),
            ("POST", ["values:batchGetByDataFilter"]) => (BatchGetChosen(call), "BatchGetValuesByDataFilterResponse"),
            ("POST", ["values:batchUpdate"]) =>
                (Change(call, files, draft => BatchUpdate(call, draft)), "BatchUpdateValuesResponse"),
            ("POST", ["values:batchClear"]) =>
                (Change(call, files, draft => BatchClear(call, draft)), "BatchClearValuesResponse"),
            _ => null,
        };
    }

    private static JsonObject Change(SheetsCall call, Files files, Func<Workbook, JsonObject> work)
    {
        var draft = call.Workbook.Draft();
        var json = work(draft);
        files.Save(call.File, draft);
        var answer = new JsonObject { ["spreadsheetId"] = draft.Id };
        foreach (var (name, value) in json) answer[name] = value?.DeepClone();
        return answer;
    }

    private static JsonObject Read(SheetsCall call, string range) => ValueRanges.Read(call.Workbook, range,
        Choice(call, "majorDimension", "ROWS", "COLUMNS"),
        Choice(call, "valueRenderOption", "FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA"),
        Choice(call, "dateTimeRenderOption", "SERIAL_NUMBER", "FORMATTED_STRING") == "FORMATTED_STRING");

    private static JsonObject BatchGet(SheetsCall call) => new()
    {
        ["spreadsheetId"] = call.Workbook.Id,
        ["valueRanges"] = new JsonArray([.. call.Request.Values("ranges").Select(range => Read(call, range))]),
    };

    private static JsonObject BatchGetChosen(SheetsCall call)
    {
        var body = call.Request.Json(SheetsSchema.Types, "BatchGetValuesByDataFilterRequest");
        var filters = body.Objects("dataFilters").ToList();
        if (filters.Count == 0) throw GoogleError.Invalid("Must specify at least one data filter.");
        return new JsonObject
        {
            ["spreadsheetId"] = call.Workbook.Id,
            ["valueRanges"] = new JsonArray([.. filters.Select(filter => new JsonObject
            {
                ["valueRange"] = ValueRanges.Read(call.Workbook, Chosen(call.Workbook, filter),
                    body.Text("majorDimension") ?? "ROWS", body.Text("valueRenderOption") ?? "FORMATTED_VALUE",
                    body.Text("dateTimeRenderOption") == "FORMATTED_STRING"),
                ["dataFilters"] = new JsonArray(filter.Copy()),
            })]),
        };
    }

    /// <summary>The rectangle that a filter chooses.</summary>
    public static GridRange Chosen(Workbook workbook, JsonObject filter)
    {
        var range = filter.Object("gridRange") is { } grid ? GridRange.Read(grid)
            : filter.Text("a1Range") is { } text ? A1.Parse(workbook, text)
            : throw GoogleError.Invalid("A data filter here must have a gridRange or an a1Range.");
        workbook.Tab(range.SheetId);
        return range;
    }

    private static JsonObject Update(SheetsCall call, Workbook draft, string range)
    {
        var entered = UserEntered(call.Request.Value("valueInputOption"));
        var body = call.Request.Json(SheetsSchema.Types, "ValueRange");
        var json = ValueRanges.Write(call.BatchOn(draft), range, body, entered);
        if (!call.Request.Flag("includeValuesInResponse")) return json;
        json["updatedData"] = ValueRanges.Read(draft, json.Text("updatedRange")!, "ROWS",
            Choice(call, "responseValueRenderOption", "FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA"), false);
        return json;
    }

    private static JsonObject BatchUpdate(SheetsCall call, Workbook draft)
    {
        var body = call.Request.Json(SheetsSchema.Types, "BatchUpdateValuesRequest");
        var entered = UserEntered(body.Text("valueInputOption"));
        var responses = new List<JsonObject>();
        foreach (var data in body.Objects("data"))
        {
            var range = data.Text("range")
                ?? throw GoogleError.Invalid("A range must be specified for each item of data.");
            var one = new JsonObject { ["spreadsheetId"] = draft.Id };
            foreach (var (name, value) in ValueRanges.Write(
                call.BatchOn(draft), range, data, entered)) one[name] = value?.DeepClone();
            responses.Add(one);
        }
        return new JsonObject
        {
            ["totalUpdatedRows"] = responses.Sum(one => one.Int("updatedRows") ?? 0),
            ["totalUpdatedColumns"] = responses.Sum(one => one.Int("updatedColumns") ?? 0),
            ["totalUpdatedCells"] = responses.Sum(one => one.Int("updatedCells") ?? 0),
            ["totalUpdatedSheets"] = responses.Select(one => A1.Parse(draft, one.Text("updatedRange")!).SheetId)
                .Distinct().Count(),
            ["responses"] = new JsonArray([.. responses]),
        };
    }

    /// <summary>Writes after the last row with data at or below the range's first cell; INSERT_ROWS makes new rows there.</summary>
    private static JsonObject Append(SheetsCall call, Workbook draft, string text)
    {
        var entered = UserEntered(call.Request.Value("valueInputOption"));
        var insert = Choice(call, "insertDataOption", "OVERWRITE", "INSERT_ROWS") == "INSERT_ROWS";
        var lines = ValueRanges.Lines(call.Request.Json(SheetsSchema.Types, "ValueRange"));
        var range = A1.Parse(draft, text);
        var tab = draft.Edit(range.SheetId);
        var last = tab.UsedRows - 1;
        while (last >= range.Row0 && tab.StoredRows[last]?.Cells.Any(cell => cell?.Value is not null) != true) last--;
        var width = Math.Max(1, lines.Count == 0 ? 1 : lines.Max(line => line.Count));
        var row = Math.Max(range.Row0, last + 1);
        var area = new Area(row, row + Math.Max(1, lines.Count), range.Column0, range.Column0 + width);
        if (insert && area.Row0 < tab.Rows) tab.Insert(byRow: true, area.Row0, area.Height);
        tab.Resize(Math.Max(tab.Rows, area.Row1), Math.Max(tab.Columns, area.Column1));
        draft.DemandCells();
        var updates = ValueRanges.WriteAt(call.BatchOn(draft), tab, area, lines, entered);
        updates["spreadsheetId"] = draft.Id;
        var json = new JsonObject { ["updates"] = updates };
        if (last >= range.Row0)
            json["tableRange"] = A1.Format(tab.Title, new Area(range.Row0, last + 1, area.Column0, area.Column1));
        return json;
    }

    private static JsonObject Clear(SheetsCall call, Workbook draft, string range)
    {
        call.Request.Json(SheetsSchema.Types, "ClearValuesRequest");
        return new JsonObject { ["clearedRange"] = ValueRanges.Clear(call.BatchOn(draft), range) };
    }

    private static JsonObject BatchClear(SheetsCall call, Workbook draft)
    {
        var ranges = call.Request.Json(SheetsSchema.Types, "BatchClearValuesRequest").Array("ranges");
        return new JsonObject
        {
            ["clearedRanges"] = new JsonArray(
                [.. ranges.Select(range => (JsonNode)ValueRanges.Clear(call.BatchOn(draft), range!.ToString()))]),
        };
    }

    private static bool UserEntered(string? option) => option switch
    {
        "RAW" => false,
        "USER_ENTERED" => true,
        null or "INPUT_VALUE_OPTION_UNSPECIFIED" =>
            throw GoogleError.Invalid("'valueInputOption' is required but not specified"),
        _ => throw GoogleError.Invalid(
            $"Invalid value at 'value_input_option' (type.googleapis.com/google.apps.sheets.v4.ValueInputOption), \"{option}\""),
    };

    private static string Choice(SheetsCall call, string name, params string[] allowed)
    {
        if (call.Request.Value(name) is not { Length: > 0 } said) return allowed[0];
        return allowed.Contains(said) ? said : throw GoogleError.Invalid($"Invalid value at '{name}', \"{said}\"");
    }

    private static string? Verb(string segment, string verb) =>
        segment.EndsWith(verb, StringComparison.Ordinal) ? segment[..^verb.Length] : null;
}
