using CountingKit.Testing;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Sheets;
using Xunit.Abstractions;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>An organization too large for one request to Google: read and written in little memory, shown in one step.</summary>
public sealed class LargeOrganization(ITestOutputHelper output)
{
    private const long MostMemory = 400L * 1024 * 1024;
    private const int BytesOfAnInvoice = 3000;

    [Fact]
    public async Task It_is_read_and_written_in_little_memory_and_nobody_sees_a_part_of_it()
    {
        var invoices = Scale.Of(5_000, 20_000);
        await using var journey = await Journey.Begin(["--Organizations=1", "--Invoices=10", "--Limits=off"]);
        var tenant = (await journey.Sandbox.Control.Post(
            "_/xero/organizations", new { name = "Large", invoices, invoiceBytes = BytesOfAnInvoice }))!;
        var tenantId = tenant["tenantId"]!.GetValue<string>();
        var exporter = await journey.ToExporter(tenantId);
        await journey.Sandbox.Control.EmptyJournal();

        var run = await journey.Run(exporter);

        output.WriteLine($"{invoices} invoices: {journey.Portal.PeakMemory / 1024 / 1024} MB at most. {run["message"]}");
        run["status"]!.GetValue<string>().Should().BeOneOf("Completed", "Warnings", run.ToJsonString());
        var journal = await journey.Sandbox.Control.Journal();
        journal.Count(IsPart).Should().BeGreaterThan(Scale.Of(0, 1), "one request could not carry the rows and where they go");
        journal.Where(call => call.Tabs is not null).Select(call => call.Tabs!.Count).Distinct().Should().Equal(1, 2);
        journal.SelectMany(call => call.Tabs ?? []).Where(tab => tab.Title == "Invoices").Select(tab => tab.Hash).Distinct()
            .Should().ContainSingle("the tab shows up with everything in it");
        await InvoiceSheet.CompareEvery(journey.Sandbox, journey.SpreadsheetId, "Invoices", tenantId, least: invoices / 3);
        journey.Portal.PeakMemory.Should().BeLessThan(MostMemory);

        await journey.Sandbox.Control.EmptyJournal();
        (await journey.Run(exporter))["status"]!.GetValue<string>().Should().Be("NoChanges");
        (await journey.Sandbox.Control.Journal()).Should().NotContain(call => call.Vendor == "google" && call.Write);
    }

    private static bool IsPart(JournalLine call) => call is { Method: "PUT", Write: true } && call.Path.Contains("/values/", StringComparison.Ordinal);
}
