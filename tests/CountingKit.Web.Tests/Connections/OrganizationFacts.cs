using System.Text.Json.Nodes;
using AngleSharp.Dom;

namespace CountingKit.Web.Tests.Connections;

/// <summary>What the page of a connection says of its organization, against records written by hand.</summary>
public sealed class OrganizationFacts(XeroPortal xero) : IClassFixture<XeroPortal>
{
    [Fact]
    public async Task Every_fact_is_shown_as_people_read_it() =>
        (await Shown(new()
        {
            ["OrganisationID"] = "7c1d1ac5-2f3e-4f2a-9a43-0d5f2b6f8e11",
            ["Name"] = "Kea & Kin <Dairy>",
            ["LegalName"] = "Kea & Kin Dairy Holdings Limited",
            ["CountryCode"] = "NZ",
            ["BaseCurrency"] = "NZD",
            ["FinancialYearEndDay"] = 31,
            ["FinancialYearEndMonth"] = 3,
            ["Timezone"] = "NEWZEALANDSTANDARDTIME",
            ["OrganisationStatus"] = "ACTIVE",
            ["ShortCode"] = "!kea01",
            ["IsDemoCompany"] = false,
        })).Should().Equal(
            ("Name in Xero", "Kea & Kin <Dairy>"),
            ("Alias", "–"),
            ("Client code", "–"),
            ("Tags", "–"),
            ("Legal name", "Kea & Kin Dairy Holdings Limited"),
            ("Country", "New Zealand"),
            ("Base currency", "NZD"),
            ("Financial year ends", "March 31"),
            ("Time zone", "New Zealand Standard Time"));

    [Fact]
    public async Task What_Xero_leaves_out_or_calls_by_an_unknown_word_is_not_made_up() =>
        (await Shown(new()
        {
            ["OrganisationID"] = "e2b0c9de-66f1-4f0b-8d0c-97f4a3c1d522",
            ["Name"] = "Sample Books",
            ["LegalName"] = "",
            ["CountryCode"] = "GB",
            ["BaseCurrency"] = "GBP",
            ["FinancialYearEndDay"] = "5",
            ["FinancialYearEndMonth"] = "4",
            ["Timezone"] = "MOONBASESTANDARDTIME",
            ["OrganisationStatus"] = "ACTIVE",
            ["IsDemoCompany"] = true,
        })).Should().Equal(
            ("Name in Xero", "Sample Books Demo company"),
            ("Alias", "–"),
            ("Client code", "–"),
            ("Tags", "–"),
            ("Legal name", "–"),
            ("Country", "United Kingdom"),
            ("Base currency", "GBP"),
            ("Financial year ends", "April 5"),
            ("Time zone", "MOONBASESTANDARDTIME"));

    /// <summary>The pairs of the page, in their order, after the organization was connected.</summary>
    private async Task<IEnumerable<(string Fact, string Value)>> Shown(JsonObject organisation)
    {
        var tenantId = organisation["OrganisationID"]!.GetValue<string>();
        await xero.Sandbox.Control.Post("_/xero/organizations", new { organisation });
        var owner = await xero.Portal.Owner();
        var address = await xero.Connected(owner, tenantId);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var facts = (await owner.Get(address)).ById("organization-facts");
        while (facts.TextContent.Contains("Not read yet", StringComparison.Ordinal))
        {
            await Task.Delay(50, patience.Token);
            facts = (await owner.Get(address)).ById("organization-facts");
        }

        return facts.QuerySelectorAll("dt").Zip(facts.QuerySelectorAll("dd"), (dt, dd) => (Words(dt), Words(dd)));
    }

    private static string Words(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
