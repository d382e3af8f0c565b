using System.Diagnostics;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Sheets;
using CountingKit.Testing.Storage;
using Xunit.Abstractions;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>Connect, export, open the sheet: over HTTP alone, every cell compared with what Xero says.</summary>
public abstract class MainJob(MainJob.Exported exported, ITestOutputHelper output)
{
    private const int Invoices = 1200;

    [Fact]
    public async Task Every_cell_of_the_sheet_is_what_Xero_says_and_none_of_another_organization()
    {
        exported.First["status"]!.GetValue<string>().Should().BeOneOf("Completed", "Warnings");
        await CompareSheet();
    }

    [Fact]
    public async Task After_a_restart_nothing_has_changed_in_the_sheet()
    {
        var journey = exported.Journey;
        await journey.Portal.Kill();
        await journey.Portal.Restart();

        var run = await journey.Run(exported.ExporterId);

        run["status"]!.GetValue<string>().Should().Be("NoChanges");
        run["contentHash"]!.GetValue<string>().Should().Be(exported.First["contentHash"]!.GetValue<string>());
        await CompareSheet();
    }

    [Fact]
    public async Task A_run_with_nothing_changed_takes_three_calls_to_Xero_at_most_and_writes_nothing()
    {
        var journey = exported.Journey;
        await journey.Run(exported.ExporterId);
        await journey.Sandbox.Control.EmptyJournal();
        var watch = Stopwatch.StartNew();

        var run = await journey.Run(exported.ExporterId);

        output.WriteLine($"A run of {Invoices} invoices with nothing changed took {watch.ElapsedMilliseconds} ms.");
        run["status"]!.GetValue<string>().Should().Be("NoChanges");
        var calls = await journey.Sandbox.Control.Journal();
        calls.Count(call => call.Vendor == "xero").Should().BeLessThanOrEqualTo(3);
        calls.Should().NotContain(call => call.Vendor == "google" && call.Write);
    }

    /// <summary>Two organizations, one exporter of the first one's invoices, run once.</summary>
    public abstract class Exported(StorageKind storage) : IAsyncLifetime
    {
        public Journey Journey { get; private set; } = null!;

        public string TenantId { get; private set; } = "";

        public Guid ExporterId { get; private set; }

        public JsonNode First { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Journey = await Journey.Begin(await SandboxProcess.Start("--Organizations=2", $"--Invoices={Invoices}"), storage);
            (TenantId, var name) = (await Journey.Organizations())[0];
            await Journey.SignIn();
            await Journey.ConnectGoogle();
            await Journey.CreateSpreadsheet("Books");
            (await Journey.ConnectXero(TenantId)).Document.Body!.TextContent.Should().Contain(name);
            ExporterId = await Journey.CreateExporter("Invoices");
            First = await Journey.Run(ExporterId);
        }

        public async Task DisposeAsync() => await Journey.DisposeAsync();
    }

    private Task CompareSheet() => InvoiceSheet.Compare(
        exported.Journey.Sandbox, exported.Journey.SpreadsheetId, "Invoices", exported.TenantId, Invoices * 4 / 5);
}

/// <summary>On the embedded store and SQLite.</summary>
public sealed class MainJobOnFiles(MainJobOnFiles.Fixture exported, ITestOutputHelper output)
    : MainJob(exported, output), IClassFixture<MainJobOnFiles.Fixture>
{
    public sealed class Fixture() : Exported(StorageKind.Sqlite);
}

/// <summary>On EventStoreDB and PostgreSQL.</summary>
public sealed class MainJobOnServers(MainJobOnServers.Fixture exported, ITestOutputHelper output)
    : MainJob(exported, output), IClassFixture<MainJobOnServers.Fixture>
{
    public sealed class Fixture() : Exported(StorageKind.Servers);
}
