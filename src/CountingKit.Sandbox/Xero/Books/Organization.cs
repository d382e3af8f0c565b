using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books;

/// <summary>A company file. <c>Ordinal</c> counts from 1 and decides country, words and numbers.</summary>
internal sealed record Organization(int Ordinal, string TenantId, string Name)
{
    public Country Country => Country.All[(Ordinal - 1) % Country.All.Count];

    /// <summary>The one that every sandbox has at this place.</summary>
    public static Organization Standard(int ordinal)
    {
        var round = (ordinal - 1) / Catalog.Organizations.Length;
        var name = Catalog.Organizations[(ordinal - 1) % Catalog.Organizations.Length];
        return new(ordinal, DerivedId.Of($"organization {ordinal}"), round == 0 ? name : $"{name} {round + 1}");
    }

    /// <summary>Its record in Xero's shape.</summary>
    public JsonObject Describe(DateTimeOffset now) => new()
    {
        ["APIKey"] = $"SANDBOX{DerivedId.Of($"api key {TenantId}").Replace("-", "").ToUpperInvariant()[..23]}",
        ["Name"] = Name,
        ["LegalName"] = Name,
        ["PaysTax"] = true,
        ["Version"] = Country.Code is "GB" ? "UK" : Country.Code,
        ["OrganisationType"] = "COMPANY",
        ["BaseCurrency"] = Country.Currency,
        ["CountryCode"] = Country.Code,
        ["IsDemoCompany"] = false,
        ["OrganisationStatus"] = "ACTIVE",
        ["RegistrationNumber"] = $"0{9_100_000 + Ordinal}",
        ["TaxNumber"] = $"{100 + Ordinal}-555-010",
        ["FinancialYearEndDay"] = Country.YearEnd.Day,
        ["FinancialYearEndMonth"] = Country.YearEnd.Month,
        ["SalesTaxBasis"] = "ACCRUALS",
        ["SalesTaxPeriod"] = "QUARTERLY",
        ["DefaultSalesTax"] = "Tax Exclusive",
        ["DefaultPurchasesTax"] = "Tax Exclusive",
        ["CreatedDateUTC"] = $"/Date({now.AddYears(-3).ToUnixTimeMilliseconds()}+0000)/",
        ["OrganisationEntityType"] = "COMPANY",
        ["Timezone"] = Country.Timezone,
        ["ShortCode"] = $"!{TenantId[..5]}",
        ["OrganisationID"] = TenantId,
        ["Edition"] = "BUSINESS",
        ["Class"] = "STANDARD",
        ["Addresses"] = new JsonArray(new JsonObject
        {
            ["AddressType"] = "POBOX",
            ["AddressLine1"] = $"{10 + Ordinal} Quay Street",
            ["City"] = Country.City,
            ["PostalCode"] = "0090",
            ["Country"] = Country.Code,
        }),
        ["Phones"] = new JsonArray(new JsonObject { ["PhoneType"] = "OFFICE", ["PhoneNumber"] = Country.Phone }),
        ["ExternalLinks"] = new JsonArray(),
        ["PaymentTerms"] = new JsonObject(),
    };
}
