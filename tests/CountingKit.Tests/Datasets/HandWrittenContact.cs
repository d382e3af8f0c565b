using CountingKit.Datasets;
using CountingKit.Tests.Datasets.Records;

namespace CountingKit.Tests.Datasets;

/// <summary>A contact with every field that the catalogue knows, and what each column must say of it.</summary>
internal static class HandWrittenContact
{
    public static byte[] Json { get; } =
        """
        {"ContactID":"6A1F9F0E-3C55-4F6A-9D33-0F6C2F3F9A44","ContactNumber":"crm-7","AccountNumber":"00123","ContactStatus":"ARCHIVED",
         "Name":"Ō & Sons (+44 20)","FirstName":"=Ann","LastName":"O'Neil","CompanyNumber":"0090","EmailAddress":"ann@example.com",
         "BankAccountDetails":"01-0001-0000001-00","TaxNumber":"12-3456789","TaxNumberType":"EIN","DefaultCurrency":"USD",
         "AccountsReceivableTaxType":"OUTPUT2","AccountsPayableTaxType":"INPUT2","SalesDefaultAccountCode":"0200",
         "PurchasesDefaultAccountCode":"300","SalesDefaultLineAmountType":"INCLUSIVE","PurchasesDefaultLineAmountType":"NONE",
         "Addresses":[{"City":"Austin","AddressType":"STREET","AddressLine1":"1 Main St","AddressLine2":"Suite 2","AddressLine3":"c",
           "AddressLine4":"d","Region":"TX","PostalCode":"73301","Country":"USA","AttentionTo":"Desk"},
          {"AddressType":"POBOX","AddressLine1":"PO Box 9","AddressLine2":"<b>2</b>","AddressLine3":"第3","AddressLine4":"0044",
           "City":"Boston","Region":"MA","PostalCode":"02108","Country":"United States","AttentionTo":"Ann"}],
         "Phones":[{"PhoneType":"DDI","PhoneNumber":"1","PhoneAreaCode":"","PhoneCountryCode":""},
          {"PhoneNumber":"555 0100","PhoneAreaCode":"617","PhoneCountryCode":"+1","PhoneType":"DEFAULT"},
          {"PhoneType":"MOBILE","PhoneNumber":"0090"},{"PhoneType":"FAX","PhoneNumber":"","PhoneCountryCode":"+44"}],
         "ContactGroups":[{"Name":"Retail","Status":"ACTIVE"},{"Name":"West, \"coast\"","Status":"ACTIVE"}],
         "SalesTrackingCategories":[{"TrackingCategoryName":"Region","TrackingOptionName":"West"}],
         "PurchasesTrackingCategories":[{"TrackingCategoryName":"Job","TrackingOptionName":"42"}],
         "IsCustomer":true,"IsSupplier":"false","Discount":2.5,"Website":"https://example.com","XeroNetworkKey":"NK1",
         "Balances":{"AccountsReceivable":{"Outstanding":118.90,"Overdue":"10.05"},"AccountsPayable":{"Outstanding":-43.6,"Overdue":0}},
         "PaymentTerms":{"Sales":{"Day":14,"Type":"OFCURRENTMONTH"},"Bills":{"Day":"30","Type":"DAYSAFTERBILLDATE"}},
         "MergedToContactID":"7a1f9f0e-3c55-4f6a-9d33-0f6c2f3f9a22","HasAttachments":true,
         "UpdatedDateUTC":"\/Date(1551459777193+0000)\/","ContactPersons":[{"FirstName":"Sue"}]}
        """u8.ToArray();

    public static IReadOnlyDictionary<string, CellValue> Cells { get; } = new Dictionary<string, CellValue>
    {
        ["name"] = Text("Ō & Sons (+44 20)"), ["contactNumber"] = Text("crm-7"), ["accountNumber"] = Text("00123"),
        ["status"] = Text("ARCHIVED"), ["statusCode"] = Text("ARCHIVED"), ["isCustomer"] = CellValue.YesNo(true), ["isSupplier"] = CellValue.YesNo(false),
        ["firstName"] = Text("=Ann"), ["lastName"] = Text("O'Neil"), ["email"] = Text("ann@example.com"),
        ["mainPhone"] = Text("+1 617 555 0100"), ["mobilePhone"] = Text("0090"), ["directPhone"] = Text("1"), ["fax"] = Text("+44"),
        ["postalAttention"] = Text("Ann"), ["postalAddress1"] = Text("PO Box 9"), ["postalAddress2"] = Text("<b>2</b>"),
        ["postalAddress3"] = Text("第3"), ["postalAddress4"] = Text("0044"), ["postalCity"] = Text("Boston"),
        ["postalRegion"] = Text("MA"), ["postalPostalCode"] = Text("02108"), ["postalCountry"] = Text("United States"),
        ["streetAttention"] = Text("Desk"), ["streetAddress1"] = Text("1 Main St"), ["streetAddress2"] = Text("Suite 2"),
        ["streetAddress3"] = Text("c"), ["streetAddress4"] = Text("d"), ["streetCity"] = Text("Austin"), ["streetRegion"] = Text("TX"),
        ["streetPostalCode"] = Text("73301"), ["streetCountry"] = Text("USA"), ["companyNumber"] = Text("0090"),
        ["taxNumber"] = Text("12-3456789"), ["taxNumberType"] = Text("EIN"), ["defaultCurrency"] = Text("USD"),
        ["receivableOutstanding"] = Number(118.90m), ["receivableOverdue"] = Number(10.05m), ["payableOutstanding"] = Number(-43.6m),
        ["payableOverdue"] = Number(0), ["salesAccount"] = Text("0200"), ["salesTaxType"] = Text("OUTPUT2"),
        ["salesLineAmounts"] = Text("INCLUSIVE"), ["salesTermsDay"] = Number(14), ["salesTermsType"] = Text("OFCURRENTMONTH"),
        ["salesTrackingName"] = Text("Region"), ["salesTrackingOption"] = Text("West"), ["purchasesAccount"] = Text("300"),
        ["purchasesTaxType"] = Text("INPUT2"), ["purchasesLineAmounts"] = Text("NONE"), ["billsTermsDay"] = Number(30),
        ["billsTermsType"] = Text("DAYSAFTERBILLDATE"), ["purchasesTrackingName"] = Text("Job"), ["purchasesTrackingOption"] = Text("42"),
        ["discount"] = Number(2.5m), ["contactGroups"] = Text("Retail, West, \"coast\""), ["website"] = Text("https://example.com"),
        ["bankAccountDetails"] = Text("01-0001-0000001-00"), ["xeroNetworkKey"] = Text("NK1"),
        ["mergedToContactId"] = Text("7a1f9f0e-3c55-4f6a-9d33-0f6c2f3f9a22"), ["hasAttachments"] = CellValue.YesNo(true),
        ["updated"] = CellValue.Instant(new(2019, 3, 1, 17, 2, 57, 193, TimeSpan.Zero)),
        ["contactId"] = Text("6A1F9F0E-3C55-4F6A-9D33-0F6C2F3F9A44"),
    };

    /// <summary>One of which little is known.</summary>
    public static HandWritten Bare { get; } = new(
        """
        {"ContactID":"c2","Name":"=cmd|' /C calc'!A0","CompanyNumber":"+1","IsCustomer":true,"HasAttachments":"false","Phones":[],
         "Addresses":[null,{"AddressType":"POBOX","City":"","AddressLine4":"+44"}],
         "Balances":null,"PaymentTerms":{"Sales":null},"ContactGroups":[],"UpdatedDateUTC":"\/Date(0)\/"}
        """,
        new Cells
        {
            ["contactId"] = "c2", ["name"] = "=cmd|' /C calc'!A0", ["companyNumber"] = "+1", ["isCustomer"] = true,
            ["hasAttachments"] = false, ["postalAddress4"] = "+44",
        });

    private static CellValue Text(string text) => CellValue.Text(text);

    private static CellValue Number(decimal number) => CellValue.Number(number);
}
