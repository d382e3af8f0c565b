using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per contact, customers and suppliers alike (Xero Accounting API, Contacts).</summary>
internal static class Contacts
{
    private const string NotDated = "Xero does not date a change of this alone: it may be up to a day late.";
    private const string Mixed = "Amounts in several currencies are added up as they are. " + NotDated;

    public static Dataset Dataset { get; } = new(
        Key: "contacts",
        Title: "Contacts",
        Version: 1,
        Resource: new("Contacts", "ContactID", "includeArchived=true", ["accounting.contacts.read"])
        {
            FullEvery = TimeSpan.FromHours(20),
        },
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("name", "Name", Text, "Name"),
            new("contactNumber", "Contact Number", Text, "ContactNumber", IsDefault: false, "Comes from another system.") { ForAccountants = true },
            new("accountNumber", "Account Number", Text, "AccountNumber"),
            new("status", "Status", Text, "ContactStatus"),
            ColumnSets.StatusCode("ContactStatus"),
            new("isCustomer", "Is Customer", YesNo, "IsCustomer", Note: NotDated),
            new("isSupplier", "Is Supplier", YesNo, "IsSupplier", Note: NotDated),
            new("firstName", "First Name", Text, "FirstName"),
            new("lastName", "Last Name", Text, "LastName"),
            new("email", "Email", Text, "EmailAddress"),
            new("mainPhone", "Main Phone", Text, Phone("DEFAULT")),
            new("mobilePhone", "Mobile Phone", Text, Phone("MOBILE"), IsDefault: false),
            new("directPhone", "Direct Phone", Text, Phone("DDI"), IsDefault: false),
            new("fax", "Fax", Text, Phone("FAX"), IsDefault: false),
            .. Address("postal", "Mailing", "POBOX", areDefault: true),
            .. Address("street", "Street", "STREET", areDefault: false),
            new("companyNumber", "Company Number", Text, "CompanyNumber", IsDefault: false) { ForAccountants = true },
            new("taxNumber", "Tax Number", Text, "TaxNumber", Note: "Xero masks US numbers for some users."),
            new("taxNumberType", "Tax Number Type", Text, "TaxNumberType", IsDefault: false) { ForAccountants = true },
            new("defaultCurrency", "Default Currency", Text, "DefaultCurrency"),
            new("receivableOutstanding", "Receivable Outstanding", Money, "Balances.AccountsReceivable.Outstanding", Note: Mixed),
            new("receivableOverdue", "Receivable Overdue", Money, "Balances.AccountsReceivable.Overdue", Note: Mixed),
            new("payableOutstanding", "Payable Outstanding", Money, "Balances.AccountsPayable.Outstanding", Note: Mixed),
            new("payableOverdue", "Payable Overdue", Money, "Balances.AccountsPayable.Overdue", Note: Mixed),
            new("salesAccount", "Sales Account", Text, "SalesDefaultAccountCode", IsDefault: false) { ForAccountants = true },
            new("salesTaxType", "Sales Tax Type", Text, "AccountsReceivableTaxType", IsDefault: false) { ForAccountants = true },
            new("salesLineAmounts", "Sales Line Amounts", Text, "SalesDefaultLineAmountType", IsDefault: false),
            new("salesTermsDay", "Sales Terms Day", WholeNumber, "PaymentTerms.Sales.Day", IsDefault: false),
            new("salesTermsType", "Sales Terms Type", Text, "PaymentTerms.Sales.Type", IsDefault: false),
            new("salesTrackingName", "Sales Tracking Name", Text, "SalesTrackingCategories[0].TrackingCategoryName",
                IsDefault: false),
            new("salesTrackingOption", "Sales Tracking Option", Text, "SalesTrackingCategories[0].TrackingOptionName",
                IsDefault: false),
            new("purchasesAccount", "Purchases Account", Text, "PurchasesDefaultAccountCode", IsDefault: false) { ForAccountants = true },
            new("purchasesTaxType", "Purchases Tax Type", Text, "AccountsPayableTaxType", IsDefault: false) { ForAccountants = true },
            new("purchasesLineAmounts", "Purchases Line Amounts", Text, "PurchasesDefaultLineAmountType", IsDefault: false),
            new("billsTermsDay", "Bills Terms Day", WholeNumber, "PaymentTerms.Bills.Day", IsDefault: false),
            new("billsTermsType", "Bills Terms Type", Text, "PaymentTerms.Bills.Type", IsDefault: false),
            new("purchasesTrackingName", "Purchases Tracking Name", Text, "PurchasesTrackingCategories[0].TrackingCategoryName",
                IsDefault: false),
            new("purchasesTrackingOption", "Purchases Tracking Option", Text, "PurchasesTrackingCategories[0].TrackingOptionName",
                IsDefault: false),
            new("discount", "Discount %", ColumnType.Decimal, "Discount", IsDefault: false),
            new("contactGroups", "Contact Groups", Text, "=join(ContactGroups[].Name)", IsDefault: false),
            new("website", "Website", Text, "Website", IsDefault: false),
            new("bankAccountDetails", "Bank Account Details", Text, "BankAccountDetails", IsDefault: false,
                "Sensitive. Xero gives it to some users only."),
            new("xeroNetworkKey", "Xero Network Key", Text, "XeroNetworkKey", IsDefault: false),
            new("mergedToContactId", "Merged To Contact ID", Text, "MergedToContactID", IsDefault: false,
                "Of a contact that was merged into another one."),
            new("hasAttachments", "Has Attachments", YesNo, "HasAttachments", IsDefault: false),
            ColumnSets.Updated,
            new("contactId", "Contact ID", Text, "ContactID", Note: ColumnSets.IdentifiesRow),
        ],
        KeyColumn: "contactId",
        DefaultSort: [new("name")],
        NameColumn: "name",
        Statuses: [new("ACTIVE", "Active"), new("ARCHIVED", "Archived"), new("GDPRREQUEST", "GDPR request")]);

    /// <summary>The parts that are there, such as +1 415 5550100.</summary>
    private static string Phone(string type)
    {
        var phone = $"Phones[PhoneType={type}]";
        return $"=words({phone}.PhoneCountryCode, {phone}.PhoneAreaCode, {phone}.PhoneNumber)";
    }

    private static IEnumerable<Column> Address(string key, string heading, string type, bool areDefault) =>
        new (string Key, string Heading, string Property, bool IsUsual)[]
        {
            ("Attention", "Attention", "AttentionTo", false), ("Address1", "Address 1", "AddressLine1", true),
            ("Address2", "Address 2", "AddressLine2", false), ("Address3", "Address 3", "AddressLine3", false),
            ("Address4", "Address 4", "AddressLine4", false), ("City", "City", "City", true),
            ("Region", "Region", "Region", true),
            ("PostalCode", "Postal Code", "PostalCode", true), ("Country", "Country", "Country", true),
        }.Select(part => new Column(
            key + part.Key, $"{heading} {part.Heading}", Text, $"Addresses[AddressType={type}].{part.Property}",
            areDefault && part.IsUsual));
}
