using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Sheets;
using CountingKit.Sandbox.Google.Wire;

namespace CountingKit.Sandbox.Google.Requests;

/// <summary>A batch that is being applied to a draft.</summary>
/// <param name="Actor">Email address of who sent it: protected ranges may refuse them.</param>
internal sealed record Batch(Workbook Workbook, string Actor, bool ActorIsOwner)
{
    public static FieldMask Mask(JsonObject request, string type) =>
        FieldMask.ForUpdate(request.Text("fields"), SheetsSchema.Types, type);

    /// <summary>The member that the request cannot be without.</summary>
    public static JsonObject Needed(JsonObject request, string name) =>
        request.Object(name) ?? throw GoogleError.Invalid($"{name} must be specified.");

    public static int Needed(JsonObject request, string name, string what) =>
        request.Int(name) ?? throw GoogleError.Invalid($"{what} must be specified.");
}

/// <summary>spreadsheets.batchUpdate: applies every request in order to a draft; the first that fails throws, and the draft is dropped.</summary>
internal static class BatchUpdate
{
    private const int MaxRequests = 100_000;

    private static readonly Dictionary<string, Func<Batch, JsonObject, JsonObject>> Kinds = new()
    {
        ["addSheet"] = TabRequests.Add,
        ["deleteSheet"] = TabRequests.Delete,
        ["duplicateSheet"] = TabRequests.Duplicate,
        ["updateSheetProperties"] = TabRequests.Update,
        ["updateSpreadsheetProperties"] = TabRequests.UpdateSpreadsheet,
        ["appendDimension"] = DimensionRequests.Append,
        ["insertDimension"] = DimensionRequests.Insert,
        ["deleteDimension"] = DimensionRequests.Delete,
        ["updateDimensionProperties"] = DimensionRequests.Update,
        ["autoResizeDimensions"] = DimensionRequests.AutoResize,
        ["updateCells"] = CellRequests.Update,
        ["appendCells"] = CellRequests.Append,
        ["repeatCell"] = CellRequests.Repeat,
        ["copyPaste"] = CopyPaste.Apply,
        ["mergeCells"] = MergeRequests.Merge,
        ["unmergeCells"] = MergeRequests.Unmerge,
        ["setBasicFilter"] = FilterRequests.Set,
        ["clearBasicFilter"] = FilterRequests.Clear,
        ["addNamedRange"] = NamedRangeRequests.Add,
        ["updateNamedRange"] = NamedRangeRequests.Update,
        ["deleteNamedRange"] = NamedRangeRequests.Delete,
        ["addProtectedRange"] = ProtectedRangeRequests.Add,
        ["updateProtectedRange"] = ProtectedRangeRequests.Update,
        ["deleteProtectedRange"] = ProtectedRangeRequests.Delete,
        ["addBanding"] = EmbeddedRequests.AddBanding,
        ["updateBanding"] = EmbeddedRequests.UpdateBanding,
        ["deleteBanding"] = EmbeddedRequests.DeleteBanding,
        ["addChart"] = EmbeddedRequests.AddChart,
        ["addTable"] = TableRequests.Add,
        ["updateTable"] = TableRequests.Update,
        ["addFilterView"] = SavedFilterRequests.AddView,
        ["updateFilterView"] = SavedFilterRequests.UpdateView,
        ["addSlicer"] = SavedFilterRequests.AddSlicer,
        ["updateSlicerSpec"] = SavedFilterRequests.UpdateSlicer,
        ["addConditionalFormatRule"] = EmbeddedRequests.AddConditionalFormat,
        ["addDimensionGroup"] = DimensionRequests.Group,
        ["createDeveloperMetadata"] = MetadataRequests.Create,
        ["updateDeveloperMetadata"] = MetadataRequests.Update,
        ["deleteDeveloperMetadata"] = MetadataRequests.Delete,
    };

    /// <returns>One reply per request, empty where the kind has none.</returns>
    public static JsonArray Apply(Batch batch, JsonArray requests)
    {
        if (requests.Count == 0) throw GoogleError.Invalid("Must specify at least one request.");
        if (requests.Count > MaxRequests)
            throw GoogleError.Invalid($"Cannot exceed {MaxRequests} requests in a single batch.");
        var replies = new JsonArray();
        for (var i = 0; i < requests.Count; i++) replies.Add((JsonNode)One(batch, requests[i] as JsonObject ?? [], i));
        return replies;
    }

    private static JsonObject One(Batch batch, JsonObject request, int index)
    {
        if (request.Count == 0) throw GoogleError.Invalid($"Invalid requests[{index}]: No request set.");
        if (request.Count > 1)
            throw GoogleError.Invalid(
                $"Invalid value at 'requests[{index}]' (oneof), oneof field 'kind' is already set. Cannot set '{request.Last().Key}'");
        var (kind, body) = request.First();
        try
        {
            return Kinds[kind](batch, body as JsonObject ?? []);
        }
        catch (GoogleError refused)
        {
            throw refused.In(index, kind);
        }
    }
}
