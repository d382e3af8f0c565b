using CountingKit.Messaging;

namespace CountingKit.Web.Tests.Exporters;

/// <summary>It takes the spreadsheet away from everybody: an installation of its own.</summary>
public sealed class WithoutASpreadsheet(ExporterPages.Connected connected) : IClassFixture<ExporterPages.Connected>
{
    [Fact]
    public async Task An_exporter_whose_spreadsheet_is_removed_leads_to_where_another_one_is_chosen()
    {
        var owner = connected.Owner;
        var form = (await owner.Get($"/exporters/new?connection={connected.Connection}")).Form("#exporter-form");
        var address = (await owner.Submit(form, ("Name", "Invoices"), ("TabTitle", "Invoices"))).Location!;
        var viewer = await connected.Vendors.Portal.Member(Role.Viewer);
        var remove = (await owner.Get("/spreadsheets")).Document.QuerySelector("a[href$='/remove']")!.GetAttribute("href")!;
        await owner.Submit((await owner.Get(remove)).Form());

        var (page, seen, editing) = (await owner.Get(address), await viewer.Get(address), await owner.Get($"{address}/edit"));

        page.ById("exporter-state").TextContent.Should().Contain("choose another one with Edit exporter");
        page.ById("exporter-actions").TextContent.Should().Contain("Edit exporter");
        seen.ById("exporter-state").TextContent.Should().Contain("removed from the portal").And.NotContain("Edit exporter");
        editing.Document.QuerySelector("h1")!.TextContent.Should().Contain("Edit Invoices");
    }
}
