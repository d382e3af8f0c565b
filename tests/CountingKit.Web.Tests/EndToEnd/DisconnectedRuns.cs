using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>A run that waits for Xero's next day while its organization is disconnected.</summary>
public sealed class DisconnectedRuns(StoppedRuns.Limited limited) : IClassFixture<StoppedRuns.Limited>
{
    private Journey Journey => limited.Journey;

    [Fact]
    public async Task It_ends_within_seconds_as_canceled_with_the_reason_and_writes_nothing()
    {
        var runId = await Journey.StartRun(await Journey.CreateExporter("Disconnect"));
        await Journey.Waiting(runId);
        await Journey.Sandbox.Control.EmptyJournal();
        var organization = (await Journey.Api.GetFromJsonAsync<JsonArray>("api/v1/connections"))![0]!["organization"]!.GetValue<string>();

        var dialog = await Journey.Browser.Get($"/connections/{limited.ConnectionId}/disconnect");
        await Journey.Browser.Submit(dialog.Form("form[action$='/disconnect']"), ("typed", organization));

        var run = await Journey.Ended(runId);
        run["status"]!.GetValue<string>().Should().Be("Canceled", run.ToJsonString());
        run["code"]!.GetValue<string>().Should().BeOneOf("CK-RUN-04", "CK-RUN-30");
        await RunLog.EndedOnce(Journey.Portal, runId);
        (await Journey.Sandbox.Control.Journal()).Should().NotContain(call => call.Vendor == "google" && call.Write);
    }
}
