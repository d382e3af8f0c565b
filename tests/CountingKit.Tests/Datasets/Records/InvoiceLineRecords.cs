namespace CountingKit.Tests.Datasets.Records;

internal static class InvoiceLineRecords
{
    public static HandWrittenDataset Of { get; } = new("invoiceLines",
        new HandWritten(
            """
            {"Type":"ACCREC","InvoiceID":"01000000-0000-4000-8000-000000000001","InvoiceNumber":"INV-0090","Reference":"=1+1",
             "Contact":{"ContactID":"01000000-0000-4000-8000-000000000002","Name":"Ō & Sons <a href>"},"Status":"DRAFT",
             "DateString":"2026-05-06T00:00:00","Date":"\/Date(1778025600000+0000)\/","DueDate":"\/Date(1780790400000+0000)\/",
             "CurrencyCode":"AUD","CurrencyRate":0.8,"LineAmountTypes":"Inclusive","UpdatedDateUTC":"\/Date(1451606399999+0000)\/",
             "LineItems":[
               {"LineItemID":"01000000-0000-4000-8000-0000000000aa","Description":"Guitar\nstrings 🎸","Quantity":3.0,
                "UnitAmount":"0.1648","ItemCode":"0007","Item":{"Name":"@Strings"},"AccountCode":"0200","TaxType":"OUTPUT2",
                "TaxAmount":15,"LineAmount":"115.00","DiscountRate":10.5,"DiscountAmount":12.34,
                "AccountID":"01000000-0000-4000-8000-000000000003",
                "Tracking":[{"Name":"Region","Option":"North"},{"Option":"Oak","Name":"Dept"}]},
               "",
               {"Description":"Text alone"}]}
            """,
            new Cells(Head)
            {
                ["lineNumber"] = 1, ["description"] = "Guitar\nstrings 🎸", ["quantity"] = 3, ["unitAmount"] = 0.1648m,
                ["itemCode"] = "0007", ["itemName"] = "@Strings", ["accountCode"] = "0200", ["taxType"] = "OUTPUT2",
                ["taxAmount"] = 15, ["lineAmount"] = 115, ["discountRate"] = 10.5m, ["discountAmount"] = 12.34m,
                ["netAmount"] = 100, ["lineAmountBase"] = 143.75m, ["grossAmount"] = 115, ["netAmountBase"] = 125,
                ["taxAmountBase"] = 18.75m, ["grossAmountBase"] = 143.75m, ["tracking1Name"] = "Region",
                ["tracking1Option"] = "North", ["tracking2Name"] = "Dept", ["tracking2Option"] = "Oak",
                ["accountId"] = "01000000-0000-4000-8000-000000000003", ["lineId"] = "01000000-0000-4000-8000-0000000000aa",
            },
            new Cells(Head)
            {
                ["lineNumber"] = 2, ["description"] = "Text alone", ["lineId"] = "01000000-0000-4000-8000-000000000001 2",
            }),
        new HandWritten(
            """
            {"Type":"ACCREC","InvoiceID":"02","LineAmountTypes":"Exclusive","CurrencyRate":2,
             "LineItems":[{"LineItemID":"x","LineAmount":10,"TaxAmount":1.5}]}
            """,
            new Cells
            {
                ["invoiceId"] = "02", ["lineAmounts"] = "Exclusive", ["lineNumber"] = 1, ["lineAmount"] = 10, ["taxAmount"] = 1.5m,
                ["netAmount"] = 10, ["grossAmount"] = 11.5m, ["lineId"] = "x", ["currencyRate"] = 2, ["lineAmountBase"] = 5,
                ["netAmountBase"] = 5, ["taxAmountBase"] = 0.75m, ["grossAmountBase"] = 5.75m,
            }),
        new HandWritten(
            """{"Type":"ACCREC","InvoiceID":"03","LineAmountTypes":"NoTax","LineItems":[{"LineAmount":4,"TaxAmount":9}]}""",
            new Cells
            {
                ["invoiceId"] = "03", ["lineAmounts"] = "NoTax", ["lineNumber"] = 1, ["lineAmount"] = 4, ["taxAmount"] = 9,
                ["netAmount"] = 4, ["grossAmount"] = 4, ["lineId"] = "03 1",
            }),
        new HandWritten("""{"Type":"ACCREC","InvoiceID":"04","LineItems":null}"""));

    private static Cells Head => new()
    {
        ["invoiceNumber"] = "INV-0090", ["reference"] = "=1+1", ["customer"] = "Ō & Sons <a href>",
        ["date"] = Cells.Day("2026-05-06"), ["dueDate"] = Cells.Day("2026-06-07"), ["status"] = "DRAFT", ["statusCode"] = "DRAFT",
        ["currency"] = "AUD", ["currencyRate"] = 0.8m, ["lineAmounts"] = "Inclusive",
        ["updated"] = Cells.Moment("2015-12-31 23:59:59.999"), ["contactId"] = "01000000-0000-4000-8000-000000000002",
        ["invoiceId"] = "01000000-0000-4000-8000-000000000001",
    };
}
