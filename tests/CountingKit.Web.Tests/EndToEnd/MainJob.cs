using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;
using Xunit.Abstractions;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>Connect, export, open the sheet: over HTTP alone, every cell compared with what Xero says.</summary>
public sealed class MainJob(MainJob.Exported exported, ITestOutputHelper output) : IClassFixture<MainJob.Exported>
{
    private const int Invoices = 1200;

    [Fact]
    public async Task Every_cell_of_the_sheet_is_what_Xero_says_and_none_of_another_organization()
    {
        exported.First["status"]!.GetValue<string>().Should().BeOneOf("Completed", "Warnings");
        await CompareSheet(exported.Journey, await InvoicesOf(exported.Journey.Sandbox, exported.TenantId));
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
        await CompareSheet(journey, await InvoicesOf(journey.Sandbox, exported.TenantId));
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
    public sealed class Exported : IAsyncLifetime
    {
        public Journey Journey { get; private set; } = null!;

        public string TenantId { get; private set; } = "";

        public Guid ExporterId { get; private set; }

        public JsonNode First { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Journey = await Journey.Begin(["--Organizations=2", $"--Invoices={Invoices}"]);
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

    private static async Task CompareSheet(Journey journey, Dictionary<string, JsonElement> expected)
    {
        expected.Count.Should().BeGreaterThanOrEqualTo(Invoices);
        var google = await PlainGoogle.SignIn(journey.Sandbox, await OwnerOf(journey));
        var values = await google.Values(journey.SpreadsheetId, "Invoices", "UNFORMATTED_VALUE");
        var formulas = await google.Values(journey.SpreadsheetId, "Invoices", "FORMULA");
        var headings = values[0].Select(cell => cell.GetString()!).ToList();
        headings.Should().BeEquivalentTo(ExpectedInvoice.Headings);
        var idColumn = headings.IndexOf("Invoice ID");
        values.Skip(1).Select(row => row[idColumn].GetString()).Should().BeEquivalentTo(expected.Keys);

        foreach (var (row, index) in values.Skip(1).Select((row, index) => (row, index + 1)))
        {
            var invoice = expected[row[idColumn].GetString()!];
            for (var column = 0; column < headings.Count; column++)
            {
                var wanted = ExpectedInvoice.Cell(invoice, headings[column]);
                Same(At(row, column), wanted).Should().BeTrue(
                    "row {0}, {1} holds {2} for {3}", index, headings[column], At(row, column), wanted);
                Same(At(formulas[index], column), wanted).Should().BeTrue(
                    "row {0}, {1} is entered as {2}", index, headings[column], At(formulas[index], column));
            }
        }

        OddTexts(values).Should()
            .Contain(text => text.StartsWith('0') && text.All(char.IsDigit), "a code keeps its zeros")
            .And.Contain(text => text.StartsWith('='), "what looks like a formula is text")
            .And.Contain(text => text.StartsWith('+'), "a telephone number is text")
            .And.Contain(text => text.Contains('<'), "mark-up is text")
            .And.Contain(text => text.Any(char.IsSurrogate), "an emoji is text");
    }

    private static object? At(IReadOnlyList<JsonElement> row, int column) =>
        column < row.Count ? ExpectedInvoice.Read(row[column]) : null;

    /// <summary>A moment is a part of a day, which a sheet holds to the microsecond; everything else is exact.</summary>
    private static bool Same(object? cell, object? wanted) => (cell, wanted) switch
    {
        (decimal held, decimal meant) =>
            held == meant || (meant % 1 != 0 && held > 25_569 && decimal.Round(held, 8) == meant),
        _ => Equals(cell, wanted),
    };

    private static IReadOnlyList<string> OddTexts(IReadOnlyList<IReadOnlyList<JsonElement>> values) =>
        [.. values.Skip(1).SelectMany(row => row).Where(cell => cell.ValueKind == JsonValueKind.String)
            .Select(cell => cell.GetString()!).Where(text => text.Length > 0).Distinct()];

    private static async Task<string> OwnerOf(Journey journey) =>
        (await journey.Spreadsheets()).Single(s => s["spreadsheetId"]!.GetValue<string>() == journey.SpreadsheetId)
            ["owner"]!.GetValue<string>();

    /// <summary>The organization's sales invoices by plain HTTP, page by page.</summary>
    private static async Task<Dictionary<string, JsonElement>> InvoicesOf(SandboxProcess sandbox, string tenantId)
    {
        var app = new XeroApp(sandbox);
        await app.SignIn(tenantId);
        var found = new Dictionary<string, JsonElement>();
        for (var page = 1; ; page++)
        {
            using var answer = await app.Api($"api.xro/2.0/Invoices?page={page}&pageSize=1000", tenantId);
            answer.EnsureSuccessStatusCode();
            var invoices = JsonDocument.Parse(await answer.Content.ReadAsStringAsync())
                .RootElement.GetProperty("Invoices");
            if (invoices.GetArrayLength() == 0) return found;
            foreach (var invoice in invoices.EnumerateArray().Where(i => i.GetProperty("Type").GetString() == "ACCREC"))
                found.Add(invoice.GetProperty("InvoiceID").GetString()!, invoice);
        }
    }
}
