using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>What Xero says of the organization itself, as one row (Xero Accounting API, Organisation).</summary>
internal static class OrganizationDetails
{
    public static Dataset Dataset { get; } = new(
        Key: "organization",
        Title: "Organization",
        Version: 1,
        Resource: new("Organisations", "OrganisationID", "", ["accounting.settings.read"])
        {
            Path = "Organisation", Paging = Paging.Whole, IsOrdered = false, TellsChanges = false, Secret = "APIKey",
        },
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("name", "Name", Text, "Name"),
            new("legalName", "Legal Name", Text, "LegalName"),
            new("shortCode", "Short Code", Text, "ShortCode", IsDefault: false, "Xero's name for it in links."),
            new("organizationType", "Organization Type", Text, "OrganisationType"),
            new("entityType", "Entity Type", Text, "OrganisationEntityType", IsDefault: false),
            new("country", "Country", Text, "CountryCode"),
            new("baseCurrency", "Base Currency", Text, "BaseCurrency"),
            new("timeZone", "Time Zone", Text, "Timezone"),
            new("edition", "Edition", Text, "Edition", IsDefault: false),
            new("planClass", "Plan Class", Text, "Class", IsDefault: false),
            new("version", "Version", Text, "Version", IsDefault: false),
            new("isDemoCompany", "Is Demo Company", YesNo, "IsDemoCompany"),
            new("organizationStatus", "Status", Text, "OrganisationStatus"),
            new("registrationNumber", "Registration Number", Text, "RegistrationNumber"),
            new("taxNumber", "Tax Number", Text, "TaxNumber"),
            new("employerIdentificationNumber", "EIN", Text, "EmployerIdentificationNumber", IsDefault: false, "US only."),
            new("paysTax", "Pays Tax", YesNo, "PaysTax", IsDefault: false) { ForAccountants = true },
            new("salesTaxBasis", "Sales Tax Basis", Text, "SalesTaxBasis", IsDefault: false) { ForAccountants = true },
            new("salesTaxPeriod", "Sales Tax Period", Text, "SalesTaxPeriod", IsDefault: false) { ForAccountants = true },
            new("defaultSalesTax", "Default Sales Tax", Text, "DefaultSalesTax", IsDefault: false) { ForAccountants = true },
            new("defaultPurchasesTax", "Default Purchases Tax", Text, "DefaultPurchasesTax", IsDefault: false) { ForAccountants = true },
            new("yearEndDay", "Financial Year End Day", WholeNumber, "FinancialYearEndDay"),
            new("yearEndMonth", "Financial Year End Month", WholeNumber, "FinancialYearEndMonth"),
            new("periodLockDate", "Period Lock Date", Date, "PeriodLockDate"),
            new("endOfYearLockDate", "End Of Year Lock Date", Date, "EndOfYearLockDate"),
            new("lineOfBusiness", "Line Of Business", Text, "LineOfBusiness", IsDefault: false),
            new("salesTermsDay", "Sales Terms Day", WholeNumber, "PaymentTerms.Sales.Day", IsDefault: false),
            new("salesTermsType", "Sales Terms Type", Text, "PaymentTerms.Sales.Type", IsDefault: false),
            new("billsTermsDay", "Bills Terms Day", WholeNumber, "PaymentTerms.Bills.Day", IsDefault: false),
            new("billsTermsType", "Bills Terms Type", Text, "PaymentTerms.Bills.Type", IsDefault: false),
            new("created", "Created (UTC)", Instant, "CreatedDateUTC", IsDefault: false),
            new("organizationId", "Organization ID", Text, "OrganisationID", Note: ColumnSets.IdentifiesRow),
        ],
        KeyColumn: "organizationId",
        DefaultSort: [new("name")],
        NameColumn: "name");
}
