namespace CountingKit.Tests.Datasets.Records;

internal static class BankTransactionRecords
{
    public static HandWrittenDataset Of { get; } = new("bankTransactions",
        new HandWritten(
            """
            {"BankTransactionID":"b1000000-0000-4000-8000-000000000001","Type":"SPEND","Status":"AUTHORISED",
             "BankAccount":{"AccountID":"b1000000-0000-4000-8000-000000000002","Code":"0091","Name":"+Girokonto Ö"},
             "Contact":{"ContactID":"b1000000-0000-4000-8000-000000000003","Name":"شركة @SUM(1)","Addresses":[null]},
             "DateString":"1969-12-31T00:00:00","Date":"\/Date(-86400000+0000)\/","Reference":"-1-2","CurrencyCode":"EUR",
             "CurrencyRate":"0.4","Url":"https://example.com/b?a=1&b=<2>","LineAmountTypes":"NoTax","LineItems":[],
             "SubTotal":100.49,"TotalTax":19.5,"Total":"119.99","IsReconciled":"True","HasAttachments":false,
             "PrepaymentID":"b1000000-0000-4000-8000-000000000004","OverpaymentID":"b1000000-0000-4000-8000-000000000005",
             "UpdatedDateUTC":"\/Date(1769904000123+0000)\/"}
            """,
            new Cells
            {
                ["date"] = Cells.Day("1969-12-31"), ["type"] = "SPEND", ["typeCode"] = "SPEND", ["status"] = "AUTHORISED",
                ["statusCode"] = "AUTHORISED", ["bankAccount"] = "+Girokonto Ö", ["bankAccountCode"] = "0091",
                ["contact"] = "شركة @SUM(1)", ["reference"] = "-1-2", ["currency"] = "EUR", ["currencyRate"] = 0.4m,
                ["lineAmounts"] = "NoTax", ["subTotal"] = 100.49m, ["totalTax"] = 19.5m, ["total"] = 119.99m,
                ["signedTotal"] = -119.99m, ["totalBase"] = 299.98m, ["signedTotalBase"] = -299.98m, ["isReconciled"] = true, ["hasAttachments"] = false,
                ["sourceUrl"] = "https://example.com/b?a=1&b=<2>", ["updated"] = Cells.Moment("2026-02-01 00:00:00.123"),
                ["prepaymentId"] = "b1000000-0000-4000-8000-000000000004",
                ["overpaymentId"] = "b1000000-0000-4000-8000-000000000005",
                ["bankAccountId"] = "b1000000-0000-4000-8000-000000000002",
                ["contactId"] = "b1000000-0000-4000-8000-000000000003",
                ["bankTransactionId"] = "b1000000-0000-4000-8000-000000000001",
            }),
        new HandWritten(
            """{"BankTransactionID":"b2","Type":"RECEIVE-TRANSFER","Contact":null,"Total":5,"Date":"\/Date(0+0000)\/"}""",
            new Cells
            {
                ["bankTransactionId"] = "b2", ["type"] = "RECEIVE-TRANSFER", ["typeCode"] = "RECEIVE-TRANSFER", ["total"] = 5,
                ["signedTotal"] = 5,
            }),
        new HandWritten(
            """{"BankTransactionID":"b3","Type":"LOST","Total":7,"CurrencyRate":0}""",
            new Cells { ["bankTransactionId"] = "b3", ["type"] = "LOST", ["typeCode"] = "LOST", ["total"] = 7, ["currencyRate"] = 0 }));
}
