using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>Runs that wait for Xero's next day, and what ends them before it comes.</summary>
public sealed class StoppedRuns(StoppedRuns.Limited limited) : IClassFixture<StoppedRuns.Limited>
{
    private Journey Journey => limited.Journey;

    [Fact]
    public async Task Canceled_it_ends_within_seconds_tells_what_it_waited_for_and_the_next_start_is_a_new_run()
    {
        var (exporterId, runId) = await Waiting("Cancel");

        var page = await Journey.Browser.Get($"/runs/{runId}");
        await Journey.Browser.Submit(page.Form("form[action$='/cancel']"));
        var next = await Journey.StartRun(exporterId);

        await Stopped(runId, "CK-XERO-LIMIT-01");
        next.Should().NotBe(runId);
        var told = await Journey.Browser.Get($"/runs/{runId}");
        told.ById("run").TextContent.Should().Contain("A person canceled it").And.Contain("CK-XERO-LIMIT-01");
    }

    [Fact]
    public async Task Its_exporter_deleted_it_ends_within_seconds_and_says_so()
    {
        var (exporterId, runId) = await Waiting("Delete");

        var page = await Journey.Browser.Get($"/exporters/{exporterId}/delete");
        await Journey.Browser.Submit(page.Form("form[action$='/delete']"));

        await Stopped(runId, "CK-RUN-30");
    }

    [Fact]
    public async Task Its_exporter_paused_it_ends_within_seconds()
    {
        var (exporterId, runId) = await Waiting("Pause");

        var page = await Journey.Browser.Get($"/exporters/{exporterId}");
        await Journey.Browser.Submit(page.Form("#pause-form"));

        await Stopped(runId, "CK-RUN-31");
    }

    [Fact]
    public async Task Its_connection_paused_it_ends_within_seconds_and_the_next_start_is_refused_until_it_is_resumed()
    {
        var (exporterId, runId) = await Waiting("Connection");
        var connection = $"/connections/{limited.ConnectionId}";

        await Journey.Browser.Submit((await Journey.Browser.Get(connection)).Form("form[action$='/pause']"));
        await Stopped(runId, "CK-RUN-05");
        var page = await Journey.Browser.Get($"/exporters/{exporterId}");
        using var refused = await Journey.Api.PostAsync($"api/v1/exporters/{exporterId}/runs", null);
        await Journey.Browser.Submit((await Journey.Browser.Get(connection)).Form("form[action$='/resume']"));

        page.Document.QuerySelector("#run-form").Should().BeNull("it could only be refused");
        refused.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("CK-RUN-05");
        (await Journey.StartRun(exporterId)).Should().NotBe(runId);
    }

    [Fact]
    public async Task Its_organization_disconnected_it_ends_within_seconds_as_canceled_with_the_reason_and_writes_nothing()
    {
        var (tenantId, organization) = (await Journey.Organizations())[1];
        await Journey.ConnectXero(tenantId);
        var connectionId = (await Journey.Api.GetFromJsonAsync<JsonArray>("api/v1/connections"))!
            .Single(c => c!["organization"]!.GetValue<string>() == organization)!["id"]!.GetValue<string>();
        var (_, runId) = await Waiting("Disconnect", connectionId);

        var dialog = await Journey.Browser.Get($"/connections/{connectionId}/disconnect");
        await Journey.Browser.Submit(dialog.Form("form[action$='/disconnect']"), ("typed", organization));

        await Stopped(runId, "CK-RUN-04", "CK-RUN-30");
    }

    /// <param name="connectionId">Null = of the organization that stays.</param>
    private async Task<(Guid ExporterId, Guid RunId)> Waiting(string tab, string? connectionId = null)
    {
        var exporterId = await Journey.CreateExporter(tab, ("ConnectionId", connectionId ?? limited.ConnectionId));
        var runId = await Journey.StartRun(exporterId);
        await Journey.Waiting(runId);
        await Journey.Sandbox.Control.EmptyJournal();
        return (exporterId, runId);
    }

    /// <summary>Far before its time, with nothing written.</summary>
    private async Task Stopped(Guid runId, params string[] codes)
    {
        var run = await Journey.Ended(runId);
        run["status"]!.GetValue<string>().Should().Be("Canceled", run.ToJsonString());
        run["code"]!.GetValue<string>().Should().BeOneOf(codes);
        await RunLog.EndedOnce(Journey.Portal, runId);
        (await Journey.Sandbox.Control.Journal()).Should().NotContain(call => call.Vendor == "google" && call.Write);
    }

    /// <summary>An organization whose calls of the day are used up, and another one, which one test connects.</summary>
    public sealed class Limited : IAsyncLifetime
    {
        public Journey Journey { get; private set; } = null!;

        public string ConnectionId { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Journey = await Journey.Begin(["--Organizations=2", "--Invoices=10", "--Limits=off"]);
            await Journey.ToExporter();
            ConnectionId = (await Journey.Api.GetFromJsonAsync<JsonArray>("api/v1/connections"))![0]!["id"]!.GetValue<string>();
            await Journey.Sandbox.Control.AddFault(new
            {
                vendor = "xero", pathPattern = "GET /api.xro/2.0/Invoices", kind = "status", status = 429, times = 1000,
                headers = new Dictionary<string, string> { ["X-Rate-Limit-Problem"] = "day", ["Retry-After"] = "66975" },
            });
        }

        public async Task DisposeAsync() => await Journey.DisposeAsync();
    }
}
