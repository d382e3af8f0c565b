using System.Text.Json.Nodes;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>What people and Google do to a spreadsheet between two runs, as the pages tell it.</summary>
public sealed class SheetTroubles(SheetTroubles.Ready ready) : IClassFixture<SheetTroubles.Ready>
{
    private Journey Journey => ready.Journey;

    [Fact]
    public async Task A_spreadsheet_in_the_trash_is_told_by_run_spreadsheets_and_dashboard_until_it_is_restored()
    {
        await Trash(true);

        var run = await Journey.Run(ready.ExporterId);

        run["status"]!.GetValue<string>().Should().Be("Warnings");
        (await Text($"/runs/{run["id"]}")).Should().Contain("in the trash of Google Drive").And.Contain("CK-SPREADSHEET-11");
        (await Text("/spreadsheets")).Should().Contain("In the trash");
        (await Text("/")).Should().Contain("In the trash");

        await Trash(false);
        (await Journey.Run(ready.ExporterId))["status"]!.GetValue<string>().Should().BeOneOf("NoChanges", "Completed");
        (await Text("/spreadsheets")).Should().NotContain("In the trash");
    }

    [Fact]
    public async Task A_run_with_nothing_to_write_goes_on_where_Drive_is_switched_off()
    {
        await Journey.Run(ready.ExporterId);
        await Journey.Sandbox.Control.AddFault(new
        {
            vendor = "google", pathPattern = "^GET /drive/", times = 50, kind = "status", status = 403,
            body = new
            {
                error = new { code = 403, status = "PERMISSION_DENIED", message = "off", details = new[] { new { reason = "SERVICE_DISABLED" } } },
            },
        });

        var run = await Journey.Run(ready.ExporterId);

        await Journey.Sandbox.Control.ClearFaults();
        run["status"]!.GetValue<string>().Should().Be("NoChanges", "the cells were read back instead");
    }

    [Fact]
    public async Task A_row_that_a_person_inserts_inside_the_data_leaves_every_record_once()
    {
        await Journey.Run(ready.ExporterId);
        var sheetId = (await Tab())["sheetId"]!.GetValue<int>();
        await Journey.Sandbox.Control.Post("_/google/edit", new
        {
            spreadsheetId = Journey.SpreadsheetId,
            requests = new[]
            {
                new { insertDimension = new { range = new { sheetId, dimension = "ROWS", startIndex = 5, endIndex = 6 }, inheritFromBefore = true } },
            },
        });

        var run = await Journey.Run(ready.ExporterId);

        run["status"]!.GetValue<string>().Should().Be("Completed");
        (await Ids()).Should().OnlyHaveUniqueItems().And.HaveCount(run["rows"]!.GetValue<int>());
        (await Journey.Run(ready.ExporterId))["status"]!.GetValue<string>().Should().Be("NoChanges");
    }

    [Fact]
    public async Task A_tab_that_is_deleted_between_look_and_write_is_looked_at_once_more_and_made_again()
    {
        var control = Journey.Sandbox.Control;
        await Journey.Run(ready.ExporterId);
        var sheetId = (await Tab())["sheetId"]!.GetValue<int>();
        await control.Post($"_/xero/organizations/{ready.TenantId}/invoices", new { count = 1 });
        await control.SetGate("google", ":batchUpdate$");
        var running = await Journey.StartRun(ready.ExporterId);
        await control.GateHolds();
        await control.Post("_/google/edit", new { spreadsheetId = Journey.SpreadsheetId, requests = new[] { new { deleteSheet = new { sheetId } } } });

        await control.ReleaseGate();
        var run = await Journey.Ended(running);

        run["status"]!.GetValue<string>().Should().Be("Warnings");
        (await Text($"/runs/{running}")).Should().Contain("CK-SHEET-11", "formulas that pointed at the old tab must be looked at");
        (await Ids()).Should().OnlyHaveUniqueItems().And.HaveCount(run["rows"]!.GetValue<int>());
        (await Journey.Run(ready.ExporterId))["status"]!.GetValue<string>().Should().Be("NoChanges");
    }

    [Fact]
    public async Task When_columns_were_moved_a_person_may_have_a_new_tab_made_and_runs_go_on_there()
    {
        var exporter = await Journey.CreateExporter("Moved columns");
        await Journey.Run(exporter);
        await Journey.Sandbox.Control.Post("_/google/edit", new
        {
            spreadsheetId = Journey.SpreadsheetId,
            requests = new[]
            {
                new
                {
                    insertDimension = new
                    {
                        range = new { sheetId = (await Tab("Moved columns"))["sheetId"]!.GetValue<int>(), dimension = "COLUMNS", startIndex = 1, endIndex = 2 },
                        inheritFromBefore = true,
                    },
                },
            },
        });
        var stopped = await Journey.Run(exporter);
        (await Text($"/runs/{stopped["id"]}")).Should().Contain("CK-SHEET-07").And.Contain("Write to a new tab");
        var before = (await Tab("Moved columns"))["hash"]!.GetValue<string>();

        var page = await Journey.Browser.Get($"/runs/{stopped["id"]}");
        var asked = (await Journey.Browser.Submit(page.Form("form:has([name=lookedAt])"))).Location!;
        var run = await Journey.Ended(Guid.Parse(asked.Split('/')[^1].Split('?')[0]));

        run["status"]!.GetValue<string>().Should().Be("Warnings");
        (await Text($"/runs/{run["id"]}")).Should().Contain("CK-SHEET-21").And.Contain("Moved columns (2)");
        (await Tab("Moved columns"))["hash"]!.GetValue<string>().Should().Be(before);
        (await Journey.Run(exporter))["status"]!.GetValue<string>().Should().Be("NoChanges");
        (await Journey.Exporters()).Single(e => e["id"]!.GetValue<Guid>() == exporter)["tab"]!.GetValue<string>()
            .Should().Be("Moved columns (2)", "that is the tab to open");
    }

    private Task Trash(bool trashed) => Journey.Sandbox.Control.Post(
        "_/google/trash", new { spreadsheetId = Journey.SpreadsheetId, trashed });

    private async Task<string> Text(string address) => (await Journey.Browser.Get(address)).Document.Body!.TextContent;

    private Task<JsonNode> Tab() => Tab("Invoices");

    private async Task<JsonNode> Tab(string title) =>
        (await Journey.Sandbox.Control.Get<JsonNode>($"_/google/spreadsheets/{Journey.SpreadsheetId}"))["tabs"]!.AsArray()
        .Single(tab => tab!["title"]!.GetValue<string>() == title)!;

    /// <summary>The invoices' ids that stand in the tab.</summary>
    private async Task<IReadOnlyList<string>> Ids()
    {
        var cells = (await Tab())["cells"]!.AsArray();
        var column = cells.Single(c => c!["row"]!.GetValue<int>() == 0 && Said(c!) == "Invoice ID")!["col"]!.GetValue<int>();
        return [.. cells.Where(c => c!["col"]!.GetValue<int>() == column).Skip(1).Select(c => Said(c!)!)];
    }

    private static string? Said(JsonNode cell) => (string?)cell["userEnteredValue"]!["stringValue"];

    /// <summary>An exporter that has run once.</summary>
    public sealed class Ready : IAsyncLifetime
    {
        public Journey Journey { get; private set; } = null!;

        public Guid ExporterId => Journey.ExporterId;

        public string TenantId { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Journey = await Journey.AfterFirstRun(null, "--Limits=off");
            TenantId = (await Journey.Organizations())[0].TenantId;
        }

        public async Task DisposeAsync() => await Journey.DisposeAsync();
    }
}
