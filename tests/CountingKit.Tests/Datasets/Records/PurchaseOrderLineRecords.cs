namespace CountingKit.Tests.Datasets.Records;

internal static class PurchaseOrderLineRecords
{
    public static HandWrittenDataset Of { get; } = new("purchaseOrderLines",
        new HandWritten(
            """
            {"PurchaseOrderID":"91000000-0000-4000-8000-000000000001","PurchaseOrderNumber":"PO-0091","Status":"AUTHORISED",
             "Contact":{"ContactID":"91000000-0000-4000-8000-000000000002","Name":"=Żabka <h2>"},
             "DateString":"2026-10-11T00:00:00","Date":"\/Date(1791676800000+0000)\/","DeliveryDate":"2026-11-12",
             "CurrencyCode":"PLN","CurrencyRate":"4.0","LineAmountTypes":"Inclusive","UpdatedDateUTC":"\/Date(1770091506789+0000)\/",
             "LineItems":[
               {"LineItemID":"91000000-0000-4000-8000-0000000000aa","Description":"@SUM(1) ورق","Quantity":"3.5","UnitAmount":2.0001,
                "ItemCode":"0007","Item":{"ItemID":"x","Name":"Paper <a4>"},"AccountCode":"0429","TaxType":"INPUT3","TaxAmount":"1.15",
                "LineAmount":7.75,"DiscountRate":5,"DiscountAmount":"0.35","AccountID":"91000000-0000-4000-8000-000000000003",
                "Tracking":[{"Name":"Team","Option":"+1"},{"Name":"Site","Option":"-Two"}]},
               {"Description":"Without an id","LineAmount":4,"TaxAmount":null}]}
            """,
            new Cells(Head)
            {
                ["lineNumber"] = 1, ["description"] = "@SUM(1) ورق", ["quantity"] = 3.5m, ["unitAmount"] = 2.0001m, ["itemCode"] = "0007",
                ["itemName"] = "Paper <a4>", ["accountCode"] = "0429", ["taxType"] = "INPUT3", ["taxAmount"] = 1.15m,
                ["lineAmount"] = 7.75m, ["discountRate"] = 5, ["discountAmount"] = 0.35m, ["netAmount"] = 6.60m,
                ["lineAmountBase"] = 1.94m, ["grossAmount"] = 7.75m, ["netAmountBase"] = 1.65m, ["taxAmountBase"] = 0.29m,
                ["grossAmountBase"] = 1.94m, ["tracking1Name"] = "Team", ["tracking1Option"] = "+1",
                ["tracking2Name"] = "Site", ["tracking2Option"] = "-Two", ["accountId"] = "91000000-0000-4000-8000-000000000003",
                ["lineId"] = "91000000-0000-4000-8000-0000000000aa",
            },
            new Cells(Head)
            {
                ["lineNumber"] = 2, ["description"] = "Without an id", ["lineAmount"] = 4, ["netAmount"] = 4, ["grossAmount"] = 4,
                ["lineAmountBase"] = 1, ["netAmountBase"] = 1, ["grossAmountBase"] = 1, ["lineId"] = "91000000-0000-4000-8000-000000000001 2",
            }),
        new HandWritten(
            """
            {"PurchaseOrderID":"93","LineAmountTypes":"Exclusive","CurrencyRate":2,
             "LineItems":[{"LineItemID":"l","LineAmount":11,"TaxAmount":1}]}
            """,
            new Cells
            {
                ["purchaseOrderId"] = "93", ["lineAmounts"] = "Exclusive", ["lineNumber"] = 1, ["lineAmount"] = 11, ["taxAmount"] = 1,
                ["netAmount"] = 11, ["grossAmount"] = 12, ["lineId"] = "l", ["currencyRate"] = 2, ["lineAmountBase"] = 5.5m,
                ["netAmountBase"] = 5.5m, ["taxAmountBase"] = 0.5m, ["grossAmountBase"] = 6,
            }),
        new HandWritten("""{"PurchaseOrderID":"92","Status":"DELETED","LineItems":[]}"""));

    private static Cells Head => new()
    {
        ["purchaseOrderNumber"] = "PO-0091", ["supplier"] = "=Żabka <h2>", ["date"] = Cells.Day("2026-10-11"),
        ["deliveryDate"] = Cells.Day("2026-11-12"), ["status"] = "AUTHORISED", ["statusCode"] = "AUTHORISED", ["currency"] = "PLN",
        ["currencyRate"] = 4, ["lineAmounts"] = "Inclusive", ["updated"] = Cells.Moment("2026-02-03 04:05:06.789"),
        ["contactId"] = "91000000-0000-4000-8000-000000000002", ["purchaseOrderId"] = "91000000-0000-4000-8000-000000000001",
    };
}
