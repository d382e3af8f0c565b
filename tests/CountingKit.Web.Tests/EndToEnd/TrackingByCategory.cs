using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Sheets;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>Lines of invoices with a column for each tracking category, from the form to the sheet.</summary>
public sealed class TrackingByCategory(OneOrganization installation) : IClassFixture<OneOrganization>
{
    private const string Tab = "Tracked lines";

    private Journey Journey => installation.Journey;

    [Fact]
    public async Task Categories_are_read_chosen_and_exported_and_one_that_is_gone_is_told()
    {
        var form = (await Journey.Browser.Get("/exporters/new?dataset=invoiceLines")).Form("#exporter-form");
        form.SetAttribute("action", "/exporters/new/form");
        var unread = (await Journey.Browser.Get("/exporters/new?dataset=invoiceLines")).ById("tracking").TextContent;
        var offered = await Journey.Browser.Submit(form, ("Tracking", "true"));
        await Journey.Follow(await Journey.Browser.Submit(offered.Form("#exporter-form"), ("Name", Tab), ("TabTitle", Tab), Journey.EveryStatus));
        var exporter = (await Journey.Exporters()).Single(e => e["name"]!.GetValue<string>() == Tab)["id"]!.GetValue<Guid>();

        var first = await Journey.Run(exporter);
        var (headings, rows) = await PlainSheet.Of(Journey.Sandbox, Journey.SpreadsheetId, Tab);
        var page = await Journey.Browser.Get($"/runs/{first["id"]}/rows");
        await RenameTheFirstAndDeleteTheSecond(offered);
        var second = await Journey.Run(exporter);
        await Journey.Sandbox.Control.ClearFaults();

        unread.Should().Contain("Read the categories once");
        offered.ById("tracking").TextContent.Should().Contain("Each tracking category has a column");
        first["status"]!.GetValue<string>().Should().BeOneOf(["Completed", "Warnings"], "{0}", first);
        headings.Should().Contain(["Region", "Salesperson"]).And.NotContain("Projects until 2019", "it is archived");
        page.Text.Should().Contain("Region").And.Contain("Salesperson");
        await Compare(headings, rows);
        second["status"]!.GetValue<string>().Should().Be("NoChanges", "a renamed category keeps its column: {0}", second);
        second["warnings"]!.AsArray().Where(warning => warning!["code"]!.GetValue<string>() == "CK-XERO-DATA-04")
            .Should().ContainSingle().Which!["message"]!.GetValue<string>().Should().Contain("the column Salesperson");
    }

    private async Task RenameTheFirstAndDeleteTheSecond(Page offered)
    {
        var region = offered.Document.QuerySelectorAll("tr[data-column^='tracking.']")
            .Single(row => row.QuerySelector("[aria-label='Use Region']") is not null).GetAttribute("data-column")!["tracking.".Length..];
        await Journey.Sandbox.Control.AddFault(new
        {
            vendor = "xero", pathPattern = "api.xro/2.0/TrackingCategories", kind = "status", status = 200, times = 100,
            body = new Dictionary<string, object>
            {
                ["TrackingCategories"] = new[]
                {
                    new Dictionary<string, object>
                    {
                        ["TrackingCategoryID"] = region, ["Name"] = "Area", ["Status"] = "ACTIVE", ["Options"] = Array.Empty<object>(),
                    },
                },
            },
        });
    }

    /// <summary>What each line of Xero's own answer says, by the line's id.</summary>
    private async Task Compare(List<string> headings, IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        var app = new XeroApp(Journey.Sandbox);
        await app.SignIn(installation.TenantId, scopes: XeroApp.BookScopes);
        using var answer = await app.Api("api.xro/2.0/Invoices?page=1&pageSize=1000&includeArchived=true", installation.TenantId);
        var lines = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["Invoices"]!.AsArray()
            .SelectMany(invoice => invoice!["LineItems"]!.AsArray()).ToDictionary(line => line!["LineItemID"]!.GetValue<string>());
        var compared = 0;
        foreach (var row in rows)
        {
            var line = lines[(string)row[headings.IndexOf("Line ID")]!]!;
            foreach (var category in (string[])["Region", "Salesperson"])
            {
                var said = line["Tracking"]!.AsArray().SingleOrDefault(each => each!["Name"]!.GetValue<string>() == category);
                row.ElementAtOrDefault(headings.IndexOf(category)).Should().Be(said?["Option"]!.GetValue<string>());
                if (said is not null) compared++;
            }
        }

        compared.Should().BeGreaterThan(30);
    }
}
