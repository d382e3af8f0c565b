using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Requests;

/// <summary>What lies on a tab beside its cells and has an id: banding and charts; and what all such things share.</summary>
internal static class EmbeddedRequests
{
    private static readonly (string Kind, string Id)[] Kinds =
    [
        ("protectedRanges", "protectedRangeId"), ("bandedRanges", "bandedRangeId"), ("charts", "chartId"),
        ("filterViews", "filterViewId"), ("slicers", "slicerId"),
    ];

    public static JsonArray List(Tab tab, string kind)
    {
        if (tab.Objects[kind] is JsonArray list) return list;
        var made = new JsonArray();
        tab.Objects[kind] = made;
        return made;
    }

    /// <summary>The tab that holds the object; null when there is none.</summary>
    public static Tab? Find(Workbook workbook, string kind, string idField, int? id) =>
        workbook.Tabs.Find(tab => tab.Objects.Objects(kind).Any(item => item.Int(idField) == id));

    public static JsonObject AddBanding(Batch batch, JsonObject request)
    {
        var banding = Batch.Needed(request, "bandedRange").Copy();
        if (!banding.ContainsKey("rowProperties") && !banding.ContainsKey("columnProperties"))
            throw GoogleError.Invalid("At least one of rowProperties or columnProperties must be specified.");
        var range = GridRange.Read(Batch.Needed(banding, "range"));
        var tab = batch.Workbook.Edit(range.SheetId);
        var area = range.On(tab);
        if (tab.Objects.Objects("bandedRanges")
            .Any(other => GridRange.Read(other.Object("range")!).Within(tab) is { } held && held.Meets(area)))
            throw GoogleError.Invalid(
                "You cannot add alternating background colors to a range that already has alternating background colors.");
        Keep(batch, tab, "bandedRanges", "bandedRangeId", banding);
        return new JsonObject { ["addBanding"] = new JsonObject { ["bandedRange"] = banding.Copy() } };
    }

    public static JsonObject UpdateBanding(Batch batch, JsonObject request)
    {
        var mask = Batch.Mask(request, "BandedRange");
        var asked = Batch.Needed(request, "bandedRange");
        var (tab, banding) = Existing(batch, "bandedRanges", "bandedRangeId", asked.Int("bandedRangeId"), "banding");
        mask.Apply(banding, asked);
        GridRange.Read(Batch.Needed(banding, "range")).On(tab);
        return [];
    }

    public static JsonObject AddConditionalFormat(Batch batch, JsonObject request)
    {
        var rule = Batch.Needed(request, "rule").Copy();
        var ranges = rule.Objects("ranges").Select(GridRange.Read).ToList();
        if (ranges.Count == 0 || ranges.Exists(range => range.SheetId != ranges[0].SheetId))
            throw GoogleError.Invalid("A conditional format must have ranges, all on the same grid.");
        var tab = batch.Workbook.Edit(ranges[0].SheetId);
        foreach (var range in ranges) range.On(tab);
        List(tab, "conditionalFormats").Insert(request.Int("index") ?? 0, (JsonNode)rule);
        return [];
    }

    /// <summary>The object as the batch may change it, and its tab.</summary>
    public static (Tab Tab, JsonObject Item) Existing(Batch batch, string kind, string idField, int? id, string name)
    {
        var holder = Find(batch.Workbook, kind, idField, id) ?? throw GoogleError.Invalid($"No {name} with id: {id}");
        var tab = batch.Workbook.Edit(holder.SheetId);
        return (tab, tab.Objects.Objects(kind).First(item => item.Int(idField) == id));
    }

    public static JsonObject DeleteBanding(Batch batch, JsonObject request)
    {
        var id = request.Int("bandedRangeId");
        var holder = Find(batch.Workbook, "bandedRanges", "bandedRangeId", id)
            ?? throw GoogleError.Invalid($"No banding with id: {id}");
        var list = List(batch.Workbook.Edit(holder.SheetId), "bandedRanges");
        list.Remove(list.OfType<JsonObject>().First(item => item.Int("bandedRangeId") == id));
        return [];
    }

    public static JsonObject AddChart(Batch batch, JsonObject request)
    {
        var chart = Batch.Needed(request, "chart").Copy();
        Batch.Needed(chart, "spec");
        var anchor = chart.Object("position")?.Object("overlayPosition")?.Object("anchorCell")
            ?? throw GoogleError.Invalid("chart.position.overlayPosition.anchorCell must be specified.");
        Keep(batch, batch.Workbook.Edit(anchor.Int("sheetId") ?? 0), "charts", "chartId", chart);
        return new JsonObject { ["addChart"] = new JsonObject { ["chart"] = chart.Copy() } };
    }

    /// <summary>Gives a copied tab's objects ids of their own, and ranges on the copy.</summary>
    public static void Renumber(Workbook workbook, Tab copy, int sourceSheetId)
    {
        foreach (var (kind, id) in Kinds)
            foreach (var item in copy.Objects.Objects(kind)) item[id] = FreeId(workbook, kind, id);
        Retarget(copy.Objects, sourceSheetId, copy.SheetId);
    }

    public static void Keep(Batch batch, Tab tab, string kind, string idField, JsonObject item)
    {
        item[idField] ??= FreeId(batch.Workbook, kind, idField);
        if (Find(batch.Workbook, kind, idField, item.Int(idField)) is not null)
            throw GoogleError.Invalid($"An object with {idField} {item.Int(idField)} already exists.");
        List(tab, kind).Add((JsonNode)item);
    }

    private static int FreeId(Workbook workbook, string kind, string idField)
    {
        while (true)
            if (Random.Shared.Next(1, int.MaxValue) is var id && Find(workbook, kind, idField, id) is null) return id;
    }

    private static void Retarget(JsonNode node, int from, int to)
    {
        if (node is JsonArray list)
            foreach (var item in list.OfType<JsonNode>()) Retarget(item, from, to);
        if (node is not JsonObject json) return;
        if (json.ContainsKey("sheetId") && json.Int("sheetId") == from) json["sheetId"] = to;
        foreach (var (_, value) in json.ToList())
            if (value is JsonArray or JsonObject) Retarget(value, from, to);
    }
}
