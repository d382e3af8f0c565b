namespace CountingKit.Tests.Datasets.Records;

internal static class PurchaseOrderRecords
{
    public static HandWrittenDataset Of { get; } = new("purchaseOrders",
        new HandWritten(
            """
            {"PurchaseOrderID":"81000000-0000-4000-8000-000000000001","PurchaseOrderNumber":"PO-0090","Type":"PURCHASEORDER",
             "Contact":{"ContactID":"81000000-0000-4000-8000-000000000002","Name":"=Brød <h1>","Addresses":[null,{}]},"Reference":"00042",
             "DateString":"2026-10-11T00:00:00","Date":"\/Date(1791676800000+0000)\/","DeliveryDate":"2026-11-12",
             "ExpectedArrivalDate":"\/Date(1798848000000+0000)\/","Status":"BILLED","CurrencyCode":"DKK","CurrencyRate":"6.25",
             "LineAmountTypes":"Exclusive","LineItems":[{},{},{},{}],"SubTotal":2250.5,"TotalTax":337.55,"Total":"2588.05",
             "TotalDiscount":250,"SentToContact":true,"DeliveryAddress":"101 Grafton Road\nWellington","AttentionTo":"@CEO",
             "Telephone":"+64 123-2222","DeliveryInstructions":"Drop \"here\" שלום","HasAttachments":false,"IsDiscounted":true,
             "BrandingThemeID":"81000000-0000-4000-8000-000000000003","UpdatedDateUTC":"\/Date(1770091506789+0000)\/"}
            """,
            new Cells
            {
                ["purchaseOrderNumber"] = "PO-0090", ["supplier"] = "=Brød <h1>", ["reference"] = "00042",
                ["date"] = Cells.Day("2026-10-11"), ["deliveryDate"] = Cells.Day("2026-11-12"),
                ["expectedArrival"] = Cells.Day("2027-01-02"), ["status"] = "BILLED", ["statusCode"] = "BILLED",
                ["currency"] = "DKK", ["currencyRate"] = 6.25m, ["lineAmounts"] = "Exclusive", ["subTotal"] = 2250.5m,
                ["totalTax"] = 337.55m, ["total"] = 2588.05m, ["totalDiscount"] = 250, ["totalBase"] = 414.09m, ["sent"] = true,
                ["deliveryAddress"] = "101 Grafton Road\nWellington", ["attentionTo"] = "@CEO", ["telephone"] = "+64 123-2222",
                ["deliveryInstructions"] = "Drop \"here\" שלום", ["hasAttachments"] = false, ["lineCount"] = 4,
                ["updated"] = Cells.Moment("2026-02-03 04:05:06.789"), ["brandingThemeId"] = "81000000-0000-4000-8000-000000000003",
                ["contactId"] = "81000000-0000-4000-8000-000000000002",
                ["purchaseOrderId"] = "81000000-0000-4000-8000-000000000001",
            }),
        new HandWritten(
            """
            {"PurchaseOrderID":"82","Date":"\/Date(-86400000+0000)\/","DeliveryDate":"\/Date(0)\/","SentToContact":"false","Total":10,
             "CurrencyRate":0,"LineItems":[]}
            """,
            new Cells
            {
                ["purchaseOrderId"] = "82", ["date"] = Cells.Day("1969-12-31"), ["sent"] = false, ["total"] = 10,
                ["currencyRate"] = 0, ["lineCount"] = 0,
            }));
}
