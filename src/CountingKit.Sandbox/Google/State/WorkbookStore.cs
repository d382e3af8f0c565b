using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Sheets;
using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Google.State;

/// <summary>
/// Spreadsheets on disk: one document for everything but cells, and blocks of rows. Rows are never changed once a version stands,
/// so a block is written only when one of its rows is another object than before.
/// </summary>
internal sealed class WorkbookStore(SandboxFile file, PendingWrites pending)
{
    private const int BlockRows = 500;
    private readonly Dictionary<string, Workbook> loaded = [];

    public Workbook? Find(string id)
    {
        if (loaded.TryGetValue(id, out var known)) return known;
        using var session = file.Open();
        if (session.First("SELECT json FROM workbooks WHERE id = $1", row =>
            row.GetString(0), id) is not { } json) return null;
        return loaded[id] = Read(id, JsonNode.Parse(json)!.AsObject(), session);
    }

    public void Put(Workbook workbook)
    {
        var before = Find(workbook.Id);
        loaded[workbook.Id] = workbook;
        pending.Add(
            session => Write(session, before, workbook),
            () =>
            {
                if (before is null) loaded.Remove(workbook.Id);
                else loaded[workbook.Id] = before;
            });
    }

    private static void Write(SandboxSession session, Workbook? before, Workbook after)
    {
        session.Execute("INSERT OR REPLACE INTO workbooks VALUES ($1, $2)", after.Id, Describe(after).ToJsonString());
        foreach (var gone in before?.Tabs.Where(tab => after.Find(tab.SheetId) is null) ?? [])
            session.Execute("DELETE FROM blocks WHERE workbook = $1 AND sheet = $2", after.Id, gone.SheetId);
        foreach (var tab in after.Tabs)
        {
            var old = before?.Find(tab.SheetId);
            if (old == tab) continue;
            for (var start = 0; start < tab.UsedRows; start += BlockRows)
                if (!SameRows(old, tab, start))
                    session.Execute("INSERT OR REPLACE INTO blocks VALUES ($1, $2, $3, $4)",
                        after.Id, tab.SheetId, start / BlockRows,
                            RowBlock.Pack(tab, start, Math.Min(tab.UsedRows, start + BlockRows)));
            session.Execute("DELETE FROM blocks WHERE workbook = $1 AND sheet = $2 AND block >= $3",
                after.Id, tab.SheetId, (tab.UsedRows + BlockRows - 1) / BlockRows);
        }
    }

    private static bool SameRows(Tab? old, Tab tab, int start)
    {
        var end = Math.Min(tab.UsedRows, start + BlockRows);
        if (old is null || Math.Min(old.UsedRows, start + BlockRows) != end) return false;
        for (var row = start; row < end; row++)
            if (!ReferenceEquals(old.StoredRows[row], tab.StoredRows[row])) return false;
        return true;
    }

    private static JsonObject Describe(Workbook workbook) => new()
    {
        ["properties"] = workbook.Properties.Copy(),
        ["namedRanges"] = new JsonArray([.. workbook.NamedRanges.Select(named => named.Copy())]),
        ["metadata"] = new JsonArray([.. workbook.Metadata.Select(entry => entry.Copy())]),
        ["tabs"] = new JsonArray([.. workbook.Tabs.Select(tab => new JsonObject
        {
            ["properties"] = tab.Properties.Copy(),
            ["objects"] = tab.Objects.Copy(),
            ["dimensions"] = new JsonArray([.. tab.Dimensions.Select(pair => new JsonObject
            {
                ["row"] = pair.Key.Row, ["index"] = pair.Key.Index, ["properties"] = pair.Value.Copy(),
            })]),
        })]),
    };

    private static Workbook Read(string id, JsonObject json, SandboxSession session)
    {
        var workbook = new Workbook(id, json.Object("properties")!.Copy())
        {
            NamedRanges = [.. json.Objects("namedRanges").Select(named => named.Copy())],
            Metadata = [.. json.Objects("metadata").Select(entry => entry.Copy())],
        };
        foreach (var kept in json.Objects("tabs"))
        {
            var properties = kept.Object("properties")!.Copy();
            var tab = new Tab(properties.Int("sheetId")!.Value, properties)
            {
                Objects = kept.Object("objects")!.Copy(),
                Dimensions = kept.Objects("dimensions").ToDictionary(
                    item => (item.Flag("row"), item.Int("index")!.Value), item => item.Object("properties")!.Copy()),
            };
            tab.Restore(session.Query("SELECT data FROM blocks WHERE workbook = $1 AND sheet = $2 ORDER BY block",
                row => RowBlock.Unpack((byte[])row[0]), id, tab.SheetId).SelectMany(rows => rows));
            workbook.Tabs.Add(tab);
        }
        return workbook;
    }
}
