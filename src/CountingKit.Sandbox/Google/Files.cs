using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Requests;
using CountingKit.Sandbox.Google.Sheets;
using CountingKit.Sandbox.Google.State;
using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Google;

/// <summary>Makes and changes spreadsheets as files: the name is the spreadsheet's title, every change raises the version.</summary>
internal sealed class Files(GoogleState state, TimeProvider clock)
{
    /// <param name="app">The grant that made it; null when a person did so in the browser.</param>
    public DriveFile Create(
        string name, string mimeType, string owner, string? app, IReadOnlyList<string>? parents = null)
    {
        var now = clock.GetUtcNow();
        var file = new DriveFile(
            NewId(), name, mimeType, owner, [new FilePermission(NewPermissionId(), "user", "owner", owner)],
            app is null ? [] : [app], parents ?? ["root"], false, 1, now, now);
        state.Files.Put(file.Id, file);
        return file;
    }

    /// <summary>A spreadsheet as <c>spreadsheets.create</c> describes it; one empty tab when it names none.</summary>
    public Workbook Fill(DriveFile file, JsonObject asked)
    {
        var properties = asked.Object("properties")?.Copy() ?? [];
        properties["title"] = file.Name;
        properties["locale"] ??= "en_US";
        properties["autoRecalc"] ??= "ON_CHANGE";
        properties["timeZone"] ??= "Etc/GMT";
        var workbook = new Workbook(file.Id, properties);
        foreach (var sheet in asked.Objects("sheets"))
            workbook.Add(TabRequests.Made(workbook, sheet.Object("properties") ?? []), null);
        if (workbook.Tabs.Count == 0)
            workbook.Add(TabRequests.Made(workbook, new JsonObject { ["sheetId"] = 0 }), null);
        workbook.DemandVisible();
        foreach (var named in asked.Objects("namedRanges"))
            NamedRangeRequests.Add(
                new Batch(workbook, file.Owner, true), new JsonObject { ["namedRange"] = named.Copy() });
        var batch = new Batch(workbook, file.Owner, true);
        foreach (var sheet in asked.Objects("sheets"))
            foreach (var data in sheet.Objects("data"))
                CellRequests.Update(batch, new JsonObject
                {
                    ["start"] = new JsonObject
                    {
                        ["sheetId"] = workbook.Tabs[asked.Array("sheets").IndexOf(sheet)].SheetId,
                        ["rowIndex"] = data.Int("startRow") ?? 0,
                        ["columnIndex"] = data.Int("startColumn") ?? 0,
                    },
                    ["rows"] = data.Array("rowData").DeepClone(),
                    ["fields"] = "userEnteredValue,userEnteredFormat,note,dataValidation,textFormatRuns",
                });
        foreach (var entry in asked.Objects("developerMetadata")
            .Concat(asked.Objects("sheets").SelectMany(sheet => sheet.Objects("developerMetadata"))))
            MetadataRequests.Add(workbook, MetadataRequests.Complete(workbook, entry));
        state.Workbooks.Put(workbook);
        return workbook;
    }

    /// <summary>Puts a changed version in place of the one before.</summary>
    public void Save(DriveFile file, Workbook draft)
    {
        state.Workbooks.Put(draft);
        state.Files.Put(file.Id, file.Changed(clock.GetUtcNow()) with { Name = draft.Properties.Text("title")! });
    }

    /// <summary>Every visible tab by the hash of its content.</summary>
    public IReadOnlyList<TabHash>? Hashes(string id) => state.Workbooks.Find(id) is { } workbook
        ? [.. workbook.Tabs.Where(tab => !tab.Hidden).Select(tab => new TabHash(id, tab.SheetId, tab.Title, tab.Hash))]
        : null;

    public static string NewPermissionId() =>
        RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue)
            .ToString("D20", System.Globalization.CultureInfo.InvariantCulture);

    private static string NewId() => "1" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
