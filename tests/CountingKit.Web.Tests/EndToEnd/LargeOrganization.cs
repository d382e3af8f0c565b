using System.Text.Json.Nodes;
using CountingKit.Testing;
using Xunit.Abstractions;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>An organization too large for one atomic step: read in little memory, and refused before any write.</summary>
public sealed class LargeOrganization(ITestOutputHelper output)
{
    private const long MostMemory = 400L * 1024 * 1024;
    private const int BytesOfAnInvoice = 3000;

    [Fact]
    public async Task It_is_synced_in_little_memory_and_refused_with_the_arithmetic_and_the_tab_untouched()
    {
        var invoices = Scale.Of(3_000, 20_000);
        await using var journey = await Journey.Begin(["--Organizations=1", "--Invoices=10", "--Limits=off"]);
        var tenant = (await journey.Sandbox.Control.Post(
            "_/xero/organizations", new { name = "Large", invoices, invoiceBytes = BytesOfAnInvoice }))!;
        var exporter = await journey.ToExporter(tenant["tenantId"]!.GetValue<string>());
        var before = await Content(journey);
        await journey.Sandbox.Control.EmptyJournal();

        var run = await journey.Run(exporter);

        output.WriteLine($"{invoices} invoices: {journey.Portal.PeakMemory / 1024 / 1024} MB at most. {run["message"]}");
        run["status"]!.GetValue<string>().Should().Be("Failed");
        run["message"]!.GetValue<string>().Should()
            .MatchRegex("rows × 15 columns come to about .* bytes").And.Contain("Nothing was written");
        (await RunLog.Of(journey.Portal, Guid.Parse(run["id"]!.GetValue<string>()))).Should()
            .Contain("snapshot-made.v1", "everything was read").And.NotContain("write-started.v1");
        (await journey.Sandbox.Control.Journal()).Should().NotContain(call => call.Vendor == "google" && call.Write);
        (await Content(journey)).Should().Be(before);
        journey.Portal.PeakMemory.Should().BeLessThan(MostMemory);
    }

    private static async Task<string> Content(Journey journey) =>
        (await journey.Sandbox.Control.Get<JsonNode>($"_/google/spreadsheets/{journey.SpreadsheetId}")).ToJsonString();
}
