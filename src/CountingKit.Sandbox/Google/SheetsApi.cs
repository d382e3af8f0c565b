using System.Globalization;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.OAuth;
using CountingKit.Sandbox.Google.Requests;
using CountingKit.Sandbox.Google.Sheets;
using CountingKit.Sandbox.Google.State;
using CountingKit.Sandbox.Google.Wire;

namespace CountingKit.Sandbox.Google;

/// <summary>Sheets v4: <c>/v4/spreadsheets…</c>.</summary>
internal sealed class SheetsApi(GoogleState state, Access access, Files files, Quotas quotas, Uri address)
{
    public Answer Handle(Incoming request)
    {
        var (json, type) = Route(request);
        if (request.Value("fields") is not { Length: > 0 } fields) return Answer.Json(json);
        return Answer.Json(FieldMask.ForAnswer(fields, SheetsSchema.Types, type).Cut(json)!);
    }

    private (JsonObject Json, string Type) Route(Incoming request)
    {
        var (id, verb) = SplitVerb(request.Path.ElementAtOrDefault(2));
        var below = request.Path.Skip(3).ToArray();
        var reads = request.IsGet || verb == "getByDataFilter" || below is ["developerMetadata:search"] or ["values:batchGetByDataFilter"];
        request.Note.Write = !reads;
        var caller = access.Caller(request);
        quotas.Count(state.Settings.Quota, caller.Email, !reads);
        if (id is null) return request.Method == "POST" ? (Create(request, caller), "Spreadsheet")
            : throw NoMethod(request);
        var file = access.Spreadsheet(caller, id, write: !reads);
        var call = new SheetsCall(request, caller, file, state.Workbooks.Find(id)!);
        try
        {
            return (request.Method, verb, below) switch
            {
                ("GET", null, []) => (Get(call), "Spreadsheet"),
                ("POST", "getByDataFilter", []) => (GetChosen(call), "Spreadsheet"),
                ("POST", "batchUpdate", []) => (Batch(call), "BatchUpdateSpreadsheetResponse"),
                ("GET", null, ["developerMetadata", var number]) => (Metadata(call, number), "DeveloperMetadata"),
                ("POST", null, ["developerMetadata:search"]) => (Search(call), "SearchDeveloperMetadataResponse"),
                (_, null, ["values", ..]) or (_, null, [_]) => ValuesApi.Route(call, files) ?? throw NoMethod(request),
                _ => throw NoMethod(request),
            };
        }
        finally
        {
            if (!reads) request.Note.Tabs = files.Hashes(id);
        }
    }

    private JsonObject Create(Incoming request, SignIn caller)
    {
        var asked = request.Json(SheetsSchema.Types, "Spreadsheet");
        if (!caller.HasAny(Scopes.Spreadsheets, Scopes.Drive, Scopes.DriveFile)) throw GoogleError.ScopeInsufficient();
        if (caller.IsServiceAccount) throw GoogleError.Forbidden();
        var title = asked.Object("properties")?.Text("title") is { Length: > 0 } said ? said : "Untitled spreadsheet";
        var file = files.Create(
            title, DriveFile.Spreadsheet, caller.Email, Grant.KeyOf(caller.ClientId!, caller.Email));
        var workbook = files.Fill(file, asked);
        request.Note.Tabs = files.Hashes(file.Id);
        return Resource(caller, file).Of(workbook, gridData: false, []);
    }

    private JsonObject Get(SheetsCall call)
    {
        var ranges = call.Request.Values("ranges").Select(range => A1.Parse(call.Workbook, range)).ToList();
        return Cut(call, call.Request.Flag("includeGridData"), ranges);
    }

    private JsonObject GetChosen(SheetsCall call)
    {
        var body = call.Request.Json(SheetsSchema.Types, "GetSpreadsheetByDataFilterRequest");
        var ranges = body.Objects("dataFilters").Select(filter => ValuesApi.Chosen(call.Workbook, filter)).ToList();
        if (ranges.Count == 0) throw GoogleError.Invalid("Must specify at least one data filter.");
        return Cut(call, body.Flag("includeGridData"), ranges);
    }

    private JsonObject Cut(SheetsCall call, bool includeGridData, List<GridRange> ranges)
    {
        var mask = call.Request.Value("fields") is { Length: > 0 } fields
            ? FieldMask.ForAnswer(fields, SheetsSchema.Types, "Spreadsheet") : null;
        var gridData = mask is null ? includeGridData : mask.Child("sheets")?.Has("data") == true;
        return Resource(call.Caller, call.File).Of(call.Workbook, gridData, ranges);
    }

    private JsonObject Batch(SheetsCall call)
    {
        var body = call.Request.Json(SheetsSchema.Types, "BatchUpdateSpreadsheetRequest");
        var draft = call.Workbook.Draft();
        var replies = BatchUpdate.Apply(call.BatchOn(draft), body.Array("requests"));
        files.Save(call.File, draft);
        var json = new JsonObject { ["spreadsheetId"] = draft.Id, ["replies"] = replies };
        if (!body.Flag("includeSpreadsheetInResponse")) return json;
        var ranges = body.Array("responseRanges").Select(range => A1.Parse(draft, range!.ToString())).ToList();
        json["updatedSpreadsheet"] = Resource(call.Caller, call.File)
            .Of(draft, body.Flag("responseIncludeGridData"), ranges);
        return json;
    }

    private static JsonObject Metadata(SheetsCall call, string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && call.Workbook.Metadata.Find(entry => entry.Int("metadataId") == id) is { } found
            ? found.Copy()
            : throw GoogleError.NotFound();

    private static JsonObject Search(SheetsCall call)
    {
        var filters = call.Request.Json(SheetsSchema.Types, "SearchDeveloperMetadataRequest").Objects("dataFilters")
            .ToList();
        if (filters.Count == 0) throw GoogleError.Invalid("Must specify at least one data filter.");
        var found = call.Workbook.Metadata.Where(entry =>
            filters.Exists(filter => MetadataRequests.Matches(entry, filter)))
            .Select(entry => new JsonObject
            {
                ["developerMetadata"] = entry.Copy(),
                ["dataFilters"] = new JsonArray(
                    [.. filters.Where(filter => MetadataRequests.Matches(entry, filter))
                    .Select(filter => filter.Copy())]),
            });
        var matched = new JsonArray([.. found]);
        return matched.Count == 0 ? [] : new JsonObject { ["matchedDeveloperMetadata"] = matched };
    }

    private SpreadsheetJson Resource(SignIn caller, DriveFile file) =>
        new(address.GetLeftPart(UriPartial.Authority), caller.Email, file.Owner == caller.Email);

    private static (string? Id, string? Verb) SplitVerb(string? segment) =>
        segment?.Split(':', 2) is [var id, .. var rest] ? (id, rest.FirstOrDefault()) : (null, null);

    private static GoogleError NoMethod(Incoming request) =>
        new(404, "NOT_FOUND",
            $"The stand-in serves no such method: {request.Method} /{string.Join('/', request.Path)}");
}

/// <summary>A call on one spreadsheet that its caller may make.</summary>
internal sealed record SheetsCall(Incoming Request, SignIn Caller, DriveFile File, Workbook Workbook)
{
    public Batch BatchOn(Workbook draft) => new(draft, Caller.Email, File.Owner == Caller.Email);
}
