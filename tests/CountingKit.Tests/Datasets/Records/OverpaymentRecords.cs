namespace CountingKit.Tests.Datasets.Records;

internal static class OverpaymentRecords
{
    public static HandWrittenDataset Of { get; } = new("overpayments",
        new HandWritten(
            """
            {"OverpaymentID":"51000000-0000-4000-8000-000000000001","ID":"51000000-0000-4000-8000-00000000000f",
             "Type":"RECEIVE-OVERPAYMENT","Contact":{"ContactID":"51000000-0000-4000-8000-000000000002","Name":"Ñandú =1 <u>"},
             "Reference":"0090","DateString":"2026-07-08T00:00:00","Date":"\/Date(1783468800000+0000)\/","Status":"AUTHORISED",
             "CurrencyCode":"CHF","CurrencyRate":0.25,"LineAmountTypes":"NoTax","LineItems":[],"SubTotal":"500.50","TotalTax":0.5,
             "Total":501,"RemainingCredit":20.05,"AppliedAmount":480.95,"HasAttachments":true,"Payments":[],
             "Allocations":[{"Amount":1},{"Amount":2},{"Amount":3}],"UpdatedDateUTC":"\/Date(1451606399999+0000)\/"}
            """,
            new Cells
            {
                ["type"] = "RECEIVE-OVERPAYMENT", ["typeCode"] = "RECEIVE-OVERPAYMENT", ["contact"] = "Ñandú =1 <u>",
                ["reference"] = "0090", ["date"] = Cells.Day("2026-07-08"), ["status"] = "AUTHORISED", ["statusCode"] = "AUTHORISED",
                ["currency"] = "CHF", ["currencyRate"] = 0.25m, ["lineAmounts"] = "NoTax", ["subTotal"] = 500.5m,
                ["totalTax"] = 0.5m, ["total"] = 501, ["remainingCredit"] = 20.05m, ["appliedAmount"] = 480.95m,
                ["totalBase"] = 2004, ["hasAttachments"] = true, ["allocationCount"] = 3,
                ["updated"] = Cells.Moment("2015-12-31 23:59:59.999"), ["contactId"] = "51000000-0000-4000-8000-000000000002",
                ["overpaymentId"] = "51000000-0000-4000-8000-000000000001",
            }),
        new HandWritten(
            """{"OverpaymentID":"52","Type":"AROVERPAYMENT","Total":"7","Date":null,"Allocations":null}""",
            new Cells { ["overpaymentId"] = "52", ["type"] = "AROVERPAYMENT", ["typeCode"] = "AROVERPAYMENT", ["total"] = 7 }));
}
