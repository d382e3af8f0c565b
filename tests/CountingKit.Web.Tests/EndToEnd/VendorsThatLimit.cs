using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>A portal with one lane for runs, while a vendor says that it has been asked too often.</summary>
public sealed class VendorsThatLimit(VendorsThatLimit.OneLane ready) : IClassFixture<VendorsThatLimit.OneLane>
{
    private const string InvoiceCalls = "GET /api.xro/2.0/Invoices";
    private const string Writes = ":batchUpdate$";

    private Journey Journey => ready.Journey;

    [Fact]
    public async Task While_one_organization_waits_for_its_minute_the_run_of_another_completes()
    {
        await Limit("xero", InvoiceCalls, "25", ("X-Rate-Limit-Problem", "minute"));
        var limited = await Journey.StartRun(ready.First);
        await Struck();
        var told = await Told(limited);

        var other = await Journey.Run(ready.Second);

        told.Should().MatchRegex(
            "^Xero isn't accepting any more calls for this organization for about (5|10|15|20|25) seconds; the run resumes");
        other["status"]!.GetValue<string>().Should().BeOneOf("Completed", "NoChanges");
        (await Journey.Look(limited))["status"]!.GetValue<string>().Should().Be("Running");
        await Stop(limited);
    }

    [Fact]
    public async Task A_limit_of_Xero_of_minutes_is_shown_as_waiting_with_its_time()
    {
        await Limit("xero", InvoiceCalls, "110", ("X-Rate-Limit-Problem", "minute"));
        var limited = await Journey.StartRun(ready.Third);

        var waiting = await Journey.Waiting(limited);

        waiting["code"]!.GetValue<string>().Should().Be("CK-XERO-LIMIT-02");
        (Until(waiting) - TimeProvider.System.GetUtcNow()).Should().BeCloseTo(TimeSpan.FromSeconds(105), TimeSpan.FromSeconds(20));
        (await Journey.Run(ready.Second))["status"]!.GetValue<string>().Should().BeOneOf("Completed", "NoChanges");
        await Stop(limited);
    }

    [Fact]
    public async Task A_limit_of_Google_is_shown_as_waiting_an_hour_at_most_and_other_runs_complete()
    {
        await Limit("google", Writes, "99999");
        var limited = await Journey.StartRun(await ready.Of("Limited", 0));

        var waiting = await Journey.Waiting(limited);

        waiting["code"]!.GetValue<string>().Should().Be("CK-GOOGLE-03");
        (Until(waiting) - TimeProvider.System.GetUtcNow()).Should().BeCloseTo(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
        (await Journey.Run(ready.Second))["status"]!.GetValue<string>().Should().BeOneOf("Completed", "NoChanges");
        await Stop(limited);
    }

    [Fact]
    public async Task What_a_limit_of_Google_turned_away_is_not_told_as_written_when_the_run_then_fails()
    {
        var exporter = await ready.Of("Turned away", 0);
        await Journey.Run(exporter);
        await Journey.Sandbox.Control.Post($"_/xero/organizations/{ready.TenantId}/invoices", new { count = 1 });
        await Limit("google", Writes, "20");
        var limited = await Journey.StartRun(exporter);
        await Journey.Waiting(limited);
        await Journey.Sandbox.Control.Post("_/google/edit", new
        {
            spreadsheetId = Journey.SpreadsheetId,
            requests = new[]
            {
                new
                {
                    insertDimension = new
                    {
                        range = new { sheetId = await SheetId("Turned away"), dimension = "COLUMNS", startIndex = 1, endIndex = 2 },
                        inheritFromBefore = true,
                    },
                },
            },
        });

        (await Journey.Ended(limited))["status"]!.GetValue<string>().Should().Be("Failed");

        var page = (await Journey.Browser.Get($"/runs/{limited}")).Document.Body!.TextContent;
        page.Should().Contain("CK-SHEET-07").And.Contain("The sheet was left as it was, with the data of").And.NotContain("could not be confirmed");
    }

    [Fact]
    public async Task A_limit_of_Google_after_the_write_is_waited_for_and_writes_once()
    {
        await Journey.Sandbox.Control.Post($"_/xero/organizations/{ready.TenantId}/invoices", new { count = 1 });
        await Journey.Sandbox.Control.EmptyJournal();
        await Journey.Sandbox.Control.SetGate("google", Writes, stage: "after");
        var running = await Journey.StartRun(ready.First);
        await Journey.Sandbox.Control.GateHolds();
        await Limit("google", "^(GET /v4|POST /v4.*DataFilter)", "8");
        await Journey.Sandbox.Control.ReleaseGate();

        var run = await Journey.Ended(running);

        run["status"]!.GetValue<string>().Should().Be("Completed", run.ToJsonString());
        (await Journey.Sandbox.Control.Journal()).Count(call => call.Request.EndsWith(":batchUpdate", StringComparison.Ordinal) && call.Write)
            .Should().Be(1);
    }

    private Task Limit(string vendor, string pathPattern, string seconds, params (string Name, string Value)[] headers) =>
        Journey.Sandbox.Control.AddFault(new
        {
            vendor, pathPattern, kind = "status", status = 429,
            headers = headers.Append(("Retry-After", seconds)).ToDictionary(header => header.Item1, header => header.Item2),
        });

    private async Task<int> SheetId(string title) =>
        (await Journey.Sandbox.Control.Get<JsonNode>($"_/google/spreadsheets/{Journey.SpreadsheetId}"))["tabs"]!.AsArray()
        .Single(tab => tab!["title"]!.GetValue<string>() == title)!["sheetId"]!.GetValue<int>();

    private async Task Struck()
    {
        for (var patience = 600; !(await Journey.Sandbox.Control.Journal()).Any(call => call.Status == 429); patience--)
        {
            patience.Should().BePositive("the limit is met");
            await Task.Delay(150);
        }
    }

    /// <returns>What the run's page says as soon as what Xero said has been noted.</returns>
    private async Task<string> Told(Guid runId)
    {
        for (var patience = 120; ; patience--)
        {
            var page = await Journey.Browser.Get($"/runs/{runId}");
            if (page.Document.GetElementById("short-wait") is { } told) return told.TextContent;
            patience.Should().BePositive("the page tells what holds the run up");
            await Task.Delay(100);
        }
    }

    private async Task Stop(Guid runId)
    {
        var page = await Journey.Browser.Get($"/runs/{runId}");
        await Journey.Browser.Submit(page.Form("form[action$='/cancel']"));
        await Journey.Ended(runId);
        await Journey.Sandbox.Control.ClearFaults();
        await Journey.Sandbox.Control.EmptyJournal();
    }

    private static DateTimeOffset Until(JsonNode run) => run["waitsUntil"]!.GetValue<DateTimeOffset>();

    /// <summary>One lane, three organizations, and for each an exporter that has run once.</summary>
    public sealed class OneLane : IAsyncLifetime
    {
        public Journey Journey { get; private set; } = null!;

        public string TenantId { get; private set; } = "";

        public Guid First { get; private set; }

        public Guid Second { get; private set; }

        public Guid Third { get; private set; }

        public async Task InitializeAsync()
        {
            Journey = await Journey.Begin(
                ["--Organizations=3", "--Invoices=10", "--Limits=off"], ("Worker__Concurrency", "1"));
            var organizations = await Journey.Organizations();
            TenantId = organizations[0].TenantId;
            First = await Journey.ToExporter(TenantId);
            await Journey.ConnectXero(organizations[1].TenantId);
            await Journey.ConnectXero(organizations[2].TenantId);
            Second = await Of("Second", 1);
            Third = await Of("Third", 2);
            foreach (var exporter in (Guid[])[First, Second, Third]) await Journey.Run(exporter);
        }

        public async Task DisposeAsync() => await Journey.DisposeAsync();

        /// <returns>Another exporter of one of the organizations.</returns>
        public async Task<Guid> Of(string tab, int organization)
        {
            var name = (await Journey.Organizations())[organization].Name;
            var connection = (await Journey.Api.GetFromJsonAsync<JsonArray>("api/v1/connections"))!
                .Single(c => c!["organization"]!.GetValue<string>() == name)!["id"]!.GetValue<string>();
            return await Journey.CreateExporter(tab, ("ConnectionId", connection));
        }
    }
}
