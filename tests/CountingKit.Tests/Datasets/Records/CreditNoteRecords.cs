namespace CountingKit.Tests.Datasets.Records;

internal static class CreditNoteRecords
{
    public static HandWrittenDataset Of { get; } = new("creditNotes",
        new HandWritten(
            """
            {"CreditNoteID":"11000000-0000-4000-8000-000000000001","CreditNoteNumber":"CN-0090","Type":"ACCRECCREDIT",
             "Contact":{"ContactID":"11000000-0000-4000-8000-000000000002","Name":"Łódź =A1 <p>"},"Reference":"'+1",
             "DateString":"2026-02-14T00:00:00","Date":"\/Date(1771027200000+0000)\/","DueDate":"\/Date(1774915200000-0500)\/",
             "FullyPaidOnDate":"\/Date(-86400000+0000)\/","Status":"SUBMITTED","CurrencyCode":"USD","CurrencyRate":"0.8",
             "LineAmountTypes":"Exclusive","LineItems":[],"SubTotal":100.2,"TotalTax":"20.90","Total":121.1,"RemainingCredit":33.33,
             "AppliedAmount":87.77,"CISDeduction":-3.5,"CISRate":"20","SentToContact":true,"HasAttachments":false,"HasErrors":false,
             "Allocations":[{"Amount":1,"Invoice":{"InvoiceID":"x"}},null,{"Amount":2}],
             "BrandingThemeID":"11000000-0000-4000-8000-000000000003","UpdatedDateUTC":"\/Date(1769904000123+0000)\/",
             "UpdatedDateUTCString":"2026-02-01T00:00:00Z"}
            """,
            new Cells
            {
                ["creditNoteNumber"] = "CN-0090", ["type"] = "ACCRECCREDIT", ["typeCode"] = "ACCRECCREDIT",
                ["contact"] = "Łódź =A1 <p>", ["reference"] = "'+1", ["date"] = Cells.Day("2026-02-14"),
                ["dueDate"] = Cells.Day("2026-03-31"), ["status"] = "SUBMITTED", ["statusCode"] = "SUBMITTED",
                ["fullyPaidOn"] = Cells.Day("1969-12-31"), ["currency"] = "USD", ["currencyRate"] = 0.8m,
                ["lineAmounts"] = "Exclusive", ["subTotal"] = 100.2m, ["totalTax"] = 20.9m, ["total"] = 121.1m,
                ["remainingCredit"] = 33.33m, ["appliedAmount"] = 87.77m, ["totalBase"] = 151.38m,
                ["remainingCreditBase"] = 41.66m, ["cisDeduction"] = -3.5m, ["cisRate"] = 20, ["sent"] = true,
                ["hasAttachments"] = false, ["hasErrors"] = false, ["allocationCount"] = 2,
                ["updated"] = Cells.Moment("2026-02-01 00:00:00.123"), ["brandingThemeId"] = "11000000-0000-4000-8000-000000000003",
                ["contactId"] = "11000000-0000-4000-8000-000000000002", ["creditNoteId"] = "11000000-0000-4000-8000-000000000001",
            }),
        new HandWritten(
            """
            {"CreditNoteID":"12","Type":"ACCPAYCREDIT","Reference":"","HasAttachments":true,"HasErrors":false,"SentToContact":null,
             "Date":"\/Date(0+0000)\/","Allocations":[],"Total":0}
            """,
            new Cells
            {
                ["creditNoteId"] = "12", ["type"] = "ACCPAYCREDIT", ["typeCode"] = "ACCPAYCREDIT", ["hasAttachments"] = true,
                ["hasErrors"] = false, ["allocationCount"] = 0, ["total"] = 0,
            }));
}
