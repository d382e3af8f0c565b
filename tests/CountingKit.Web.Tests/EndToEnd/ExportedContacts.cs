using CountingKit.Testing.Sheets;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>Another dataset goes the same way: choose it, export it, every cell of its sheet compared with what Xero says.</summary>
public sealed class ExportedContacts
{
    [Fact]
    public async Task Every_cell_is_what_Xero_says_and_a_second_run_writes_nothing()
    {
        await using var journey = await Journey.AfterFirstRun();
        var tenant = (await journey.Organizations())[0].TenantId;
        var form = (await journey.Browser.Get("/exporters/new?dataset=contacts")).Form("#exporter-form");
        await journey.Follow(await journey.Browser.Submit(form, ("Name", "Contacts"), ("TabTitle", "Contacts")));
        var exporter = (await journey.Exporters()).Single(e => e["name"]!.GetValue<string>() == "Contacts")["id"]!.GetValue<Guid>();

        var first = await journey.Run(exporter);
        await ContactSheet.Compare(journey.Sandbox, journey.SpreadsheetId, "Contacts", tenant, least: 30);
        var second = await journey.Run(exporter);

        (first["status"]!.GetValue<string>(), second["status"]!.GetValue<string>()).Should().Be(("Completed", "NoChanges"));
    }
}
