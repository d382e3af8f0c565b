using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Requests;

/// <summary>Tables that people make of a rectangle: with headings, and no other table, filter or banding over it.</summary>
internal static class TableRequests
{
    private const string Kind = "tables";

    public static JsonObject Add(Batch batch, JsonObject request)
    {
        var table = Batch.Needed(request, "table").Copy();
        table["tableId"] ??= Guid.CreateVersion7().ToString("N")[^12..];
        if (batch.Workbook.Tabs.Exists(other => other.Objects.Objects(Kind).Any(
            item => item.Text("tableId") == table.Text("tableId") || item.Text("name") == table.Text("name"))))
            throw GoogleError.Invalid($"A table named {table.Text("name")} already exists.");
        var tab = batch.Workbook.Edit(GridRange.Read(Batch.Needed(table, "range")).SheetId);
        DemandRoom(tab, table);
        EmbeddedRequests.List(tab, Kind).Add((JsonNode)table);
        return new JsonObject { ["addTable"] = new JsonObject { ["table"] = table.Copy() } };
    }

    public static JsonObject Update(Batch batch, JsonObject request)
    {
        var mask = Batch.Mask(request, "Table");
        var asked = Batch.Needed(request, "table");
        var holder = batch.Workbook.Tabs.Find(tab => Find(tab, asked) is not null)
            ?? throw GoogleError.Invalid($"No table with id: {asked.Text("tableId")}");
        var edited = batch.Workbook.Edit(holder.SheetId);
        var table = Find(edited, asked)!;
        mask.Apply(table, asked);
        DemandRoom(edited, table);
        return [];
    }

    private static JsonObject? Find(Tab tab, JsonObject asked) =>
        tab.Objects.Objects(Kind).FirstOrDefault(table => table.Text("tableId") == asked.Text("tableId"));

    private static void DemandRoom(Tab tab, JsonObject table)
    {
        var area = GridRange.Read(table.Object("range")!).On(tab);
        if (area.Height < 2) throw GoogleError.Invalid("A table must have at least one row below its header.");
        var others = tab.Objects.Objects(Kind).Where(other => other != table).Select(other => other.Object("range"))
            .Concat(tab.Objects.Objects("bandedRanges").Select(banding => banding.Object("range")))
            .Append(tab.Objects.Object("basicFilter")?.Object("range"));
        if (others.Any(range => range is not null && GridRange.Read(range).Within(tab) is { } held && held.Meets(area)))
            throw GoogleError.Invalid("A table cannot overlap another table, a filter, or alternating colors.");
    }
}
