namespace CountingKit.Tests.Datasets.Records;

internal static class PrepaymentRecords
{
    public static HandWrittenDataset Of { get; } = new("prepayments",
        new HandWritten(
            """
            {"PrepaymentID":"71000000-0000-4000-8000-000000000001","ID":"71000000-0000-4000-8000-00000000000f",
             "Type":"RECEIVE-PREPAYMENT","Contact":{"ContactID":"71000000-0000-4000-8000-000000000002","Name":"Đặng =B2 <s>"},
             "Reference":"+INV","InvoiceNumber":"0090","Date":"\/Date(1788998400000+0000)\/","Status":"PAID","CurrencyCode":"NOK",
             "CurrencyRate":1.6,"LineAmountTypes":"Inclusive","LineItems":[{}],"SubTotal":3000.1,"TotalTax":"450.02","Total":3450.12,
             "RemainingCredit":3449.11,"AppliedAmount":1.01,"HasAttachments":"true","Allocations":[{"Amount":1}],
             "BrandingThemeID":"71000000-0000-4000-8000-000000000003","UpdatedDateUTC":"\/Date(1772600767008+0000)\/"}
            """,
            new Cells
            {
                ["type"] = "RECEIVE-PREPAYMENT", ["typeCode"] = "RECEIVE-PREPAYMENT", ["contact"] = "Đặng =B2 <s>",
                ["reference"] = "+INV", ["invoiceNumber"] = "0090", ["date"] = Cells.Day("2026-09-10"), ["status"] = "PAID",
                ["statusCode"] = "PAID", ["currency"] = "NOK", ["currencyRate"] = 1.6m, ["lineAmounts"] = "Inclusive",
                ["subTotal"] = 3000.1m, ["totalTax"] = 450.02m, ["total"] = 3450.12m, ["remainingCredit"] = 3449.11m,
                ["appliedAmount"] = 1.01m, ["totalBase"] = 2156.33m, ["hasAttachments"] = true, ["allocationCount"] = 1,
                ["updated"] = Cells.Moment("2026-03-04 05:06:07.008"), ["brandingThemeId"] = "71000000-0000-4000-8000-000000000003",
                ["contactId"] = "71000000-0000-4000-8000-000000000002", ["prepaymentId"] = "71000000-0000-4000-8000-000000000001",
            }),
        new HandWritten(
            """{"PrepaymentID":"72","Type":"APPREPAYMENT","Reference":null,"InvoiceNumber":"","Contact":{},"Total":"12.5"}""",
            new Cells { ["prepaymentId"] = "72", ["type"] = "APPREPAYMENT", ["typeCode"] = "APPREPAYMENT", ["total"] = 12.5m }));
}
