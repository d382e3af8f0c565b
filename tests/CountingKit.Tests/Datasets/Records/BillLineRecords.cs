namespace CountingKit.Tests.Datasets.Records;

internal static class BillLineRecords
{
    public static HandWrittenDataset Of { get; } = new("billLines",
        new HandWritten(
            """
            {"Type":"ACCPAY","InvoiceID":"f1000000-0000-4000-8000-000000000001","InvoiceNumber":"0090","Status":"SUBMITTED",
             "Contact":{"ContactID":"f1000000-0000-4000-8000-000000000002","Name":"=2*3 Ελλάς"},
             "Date":"\/Date(1769817600000+1300)\/","DueDate":"\/Date(1772236800000+0000)\/","CurrencyCode":"CAD","CurrencyRate":"1.25",
             "LineAmountTypes":"Exclusive","UpdatedDateUTC":"\/Date(1770091506789+0000)\/",
             "LineItems":[
               {"LineItemID":"f1000000-0000-4000-8000-0000000000aa","Description":"-5 <td>","Quantity":2,"UnitAmount":"33.3333",
                "ItemCode":"+7","Item":{"ItemID":"x","Name":"Tea 茶"},"AccountCode":"0300","TaxType":"INPUT2","TaxAmount":10.10,
                "LineAmount":66.67,"AccountID":"f1000000-0000-4000-8000-000000000003",
                "Tracking":[{"Name":"Region","Option":"West"},{"Name":"0090","Option":"East"}]},
               {"Description":"No id","LineAmount":null,"TaxAmount":3,"Quantity":0,"Tracking":[null,{"Option":"Only"}]},
               {"LineItemID":"f1000000-0000-4000-8000-0000000000bb","LineAmount":"-8.00"}]}
            """,
            new Cells(Head)
            {
                ["lineNumber"] = 1, ["description"] = "-5 <td>", ["quantity"] = 2, ["unitAmount"] = 33.3333m, ["itemCode"] = "+7",
                ["itemName"] = "Tea 茶", ["accountCode"] = "0300", ["taxType"] = "INPUT2", ["taxAmount"] = 10.10m,
                ["lineAmount"] = 66.67m, ["netAmount"] = 66.67m, ["lineAmountBase"] = 53.34m, ["grossAmount"] = 76.77m,
                ["netAmountBase"] = 53.34m, ["taxAmountBase"] = 8.08m, ["grossAmountBase"] = 61.42m,
                ["tracking1Name"] = "Region", ["tracking1Option"] = "West", ["tracking2Name"] = "0090", ["tracking2Option"] = "East",
                ["accountId"] = "f1000000-0000-4000-8000-000000000003", ["lineId"] = "f1000000-0000-4000-8000-0000000000aa",
            },
            new Cells(Head)
            {
                ["lineNumber"] = 2, ["description"] = "No id", ["taxAmount"] = 3, ["quantity"] = 0, ["tracking2Option"] = "Only",
                ["taxAmountBase"] = 2.4m,
                ["lineId"] = "f1000000-0000-4000-8000-000000000001 2",
            },
            new Cells(Head)
            {
                ["lineNumber"] = 3, ["lineAmount"] = -8, ["netAmount"] = -8, ["grossAmount"] = -8, ["lineAmountBase"] = -6.4m,
                ["netAmountBase"] = -6.4m, ["grossAmountBase"] = -6.4m,
                ["lineId"] = "f1000000-0000-4000-8000-0000000000bb",
            }),
        new HandWritten(
            """
            {"Type":"ACCPAY","InvoiceID":"f2","LineAmountTypes":"Inclusive","CurrencyRate":2,
             "LineItems":[{"LineItemID":"l","LineAmount":11,"TaxAmount":1}]}
            """,
            new Cells
            {
                ["billId"] = "f2", ["lineAmounts"] = "Inclusive", ["lineNumber"] = 1, ["lineAmount"] = 11, ["taxAmount"] = 1,
                ["netAmount"] = 10, ["grossAmount"] = 11, ["lineId"] = "l", ["currencyRate"] = 2, ["lineAmountBase"] = 5.5m,
                ["netAmountBase"] = 5, ["taxAmountBase"] = 0.5m, ["grossAmountBase"] = 5.5m,
            }),
        new HandWritten("""{"Type":"ACCPAY","InvoiceID":"f3","Status":"VOIDED"}"""));

    private static Cells Head => new()
    {
        ["billNumber"] = "0090", ["supplier"] = "=2*3 Ελλάς", ["date"] = Cells.Day("2026-01-31"),
        ["dueDate"] = Cells.Day("2026-02-28"), ["status"] = "SUBMITTED", ["statusCode"] = "SUBMITTED", ["currency"] = "CAD",
        ["currencyRate"] = 1.25m, ["lineAmounts"] = "Exclusive", ["updated"] = Cells.Moment("2026-02-03 04:05:06.789"),
        ["contactId"] = "f1000000-0000-4000-8000-000000000002", ["billId"] = "f1000000-0000-4000-8000-000000000001",
    };
}
