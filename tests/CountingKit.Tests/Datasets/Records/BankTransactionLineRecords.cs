namespace CountingKit.Tests.Datasets.Records;

internal static class BankTransactionLineRecords
{
    public static HandWrittenDataset Of { get; } = new("bankTransactionLines",
        new HandWritten(
            """
            {"BankTransactionID":"c1000000-0000-4000-8000-000000000001","Type":"RECEIVE","Status":"VOIDED",
             "BankAccount":{"AccountID":"c1000000-0000-4000-8000-000000000002","Name":"=Cash"},
             "Contact":{"ContactID":"c1000000-0000-4000-8000-000000000003","Name":"株式会社<br>"},
             "Date":"\/Date(1420081200000-0500)\/","Reference":"00123","CurrencyCode":"JPY","CurrencyRate":2,
             "LineAmountTypes":"Inclusive","UpdatedDateUTC":"\/Date(1772600767008)\/",
             "LineItems":[null,
               {"LineItemID":"C1000000-0000-4000-8000-0000000000AA","Description":"\"A\"\nB","Quantity":"1.5","UnitAmount":0.1648,
                "ItemCode":"0042","Item":{"Name":"Gui\u0000tar","Code":"no"},"AccountCode":"0200","TaxType":"OUTPUT2","TaxAmount":"15.05",
                "LineAmount":115.35,"AccountID":"c1000000-0000-4000-8000-000000000004",
                "Tracking":[{"Name":"Region","Option":"=North"},{"Name":"Job","Option":"42"}]},
               {"LineItemID":"","Description":null,"Item":null,"LineAmount":-20,"TaxAmount":-2.5,"Tracking":[]}]}
            """,
            new Cells(Head)
            {
                ["lineNumber"] = 1, ["description"] = "\"A\"\nB", ["quantity"] = 1.5m, ["unitAmount"] = 0.1648m,
                ["itemCode"] = "0042", ["itemName"] = "Gui\uFFFDtar", ["accountCode"] = "0200", ["taxType"] = "OUTPUT2",
                ["taxAmount"] = 15.05m, ["lineAmount"] = 115.35m, ["netAmount"] = 100.30m, ["lineAmountBase"] = 57.68m,
                ["grossAmount"] = 115.35m, ["netAmountBase"] = 50.15m, ["taxAmountBase"] = 7.53m, ["grossAmountBase"] = 57.68m,
                ["tracking1Name"] = "Region", ["tracking1Option"] = "=North",
                ["tracking2Name"] = "Job", ["tracking2Option"] = "42", ["accountId"] = "c1000000-0000-4000-8000-000000000004",
                ["lineId"] = "C1000000-0000-4000-8000-0000000000AA",
            },
            new Cells(Head)
            {
                ["lineNumber"] = 2, ["lineAmount"] = -20, ["taxAmount"] = -2.5m, ["netAmount"] = -17.5m, ["lineAmountBase"] = -10,
                ["grossAmount"] = -20, ["netAmountBase"] = -8.75m, ["taxAmountBase"] = -1.25m, ["grossAmountBase"] = -10,
                ["lineId"] = "c1000000-0000-4000-8000-000000000001 2",
            }),
        new HandWritten(
            """{"BankTransactionID":"c2","LineAmountTypes":"Exclusive","CurrencyRate":4,"LineItems":[{"LineAmount":10,"TaxAmount":1}]}""",
            new Cells
            {
                ["bankTransactionId"] = "c2", ["lineAmounts"] = "Exclusive", ["lineNumber"] = 1, ["lineAmount"] = 10,
                ["taxAmount"] = 1, ["netAmount"] = 10, ["grossAmount"] = 11, ["lineId"] = "c2 1", ["currencyRate"] = 4,
                ["lineAmountBase"] = 2.5m, ["netAmountBase"] = 2.5m, ["taxAmountBase"] = 0.25m, ["grossAmountBase"] = 2.75m,
            }),
        new HandWritten("""{"BankTransactionID":"c3","LineItems":[]}"""));

    private static Cells Head => new()
    {
        ["date"] = Cells.Day("2014-12-31"), ["type"] = "RECEIVE", ["typeCode"] = "RECEIVE", ["status"] = "VOIDED",
        ["statusCode"] = "VOIDED", ["bankAccount"] = "=Cash", ["contact"] = "株式会社<br>", ["reference"] = "00123",
        ["currency"] = "JPY", ["currencyRate"] = 2, ["lineAmounts"] = "Inclusive",
        ["updated"] = Cells.Moment("2026-03-04 05:06:07.008"), ["bankAccountId"] = "c1000000-0000-4000-8000-000000000002",
        ["contactId"] = "c1000000-0000-4000-8000-000000000003", ["bankTransactionId"] = "c1000000-0000-4000-8000-000000000001",
    };
}
