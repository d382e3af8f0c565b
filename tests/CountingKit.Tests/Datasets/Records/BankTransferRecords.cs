namespace CountingKit.Tests.Datasets.Records;

internal static class BankTransferRecords
{
    public static HandWrittenDataset Of { get; } = new("bankTransfers",
        new HandWritten(
            """
            {"BankTransferID":"d1000000-0000-4000-8000-000000000001","CreatedDateUTCString":"2026-02-01T00:00:00",
             "CreatedDateUTC":"\/Date(1769904000123+0000)\/","DateString":"2026-04-01T10:10:00","Date":"\/Date(1774991400000+0000)\/",
             "Status":"DELETED","FromBankAccount":{"AccountID":"d1000000-0000-4000-8000-000000000002","Code":"088","Name":"=Wells"},
             "ToBankAccount":{"AccountID":"d1000000-0000-4000-8000-000000000003","Code":"0090","Name":"Épargne <i>"},
             "Amount":"20.05","CurrencyRate":1.0625,"Reference":"Sub 098801","FromIsReconciled":true,"ToIsReconciled":"false",
             "HasAttachments":true,"FromBankTransactionID":"d1000000-0000-4000-8000-000000000004",
             "ToBankTransactionID":"d1000000-0000-4000-8000-000000000005",
             "FromTracking":[{"Name":"From 1","Option":"+1"},{"Name":"From 2","Option":"2"}],
             "ToTracking":[{"Name":"To 1","Option":"@3"},{"Name":"To 2","Option":"4"}]}
            """,
            new Cells
            {
                ["date"] = Cells.Day("2026-04-01"), ["status"] = "DELETED", ["statusCode"] = "DELETED", ["fromAccount"] = "=Wells",
                ["fromAccountCode"] = "088", ["toAccount"] = "Épargne <i>", ["toAccountCode"] = "0090", ["amount"] = 20.05m,
                ["currencyRate"] = 1.0625m, ["reference"] = "Sub 098801", ["fromReconciled"] = true, ["toReconciled"] = false,
                ["fromTracking1Name"] = "From 1", ["fromTracking1Option"] = "+1", ["fromTracking2Name"] = "From 2",
                ["fromTracking2Option"] = "2", ["toTracking1Name"] = "To 1", ["toTracking1Option"] = "@3",
                ["toTracking2Name"] = "To 2", ["toTracking2Option"] = "4", ["hasAttachments"] = true,
                ["created"] = Cells.Moment("2026-02-01 00:00:00.123"), ["fromAccountId"] = "d1000000-0000-4000-8000-000000000002",
                ["toAccountId"] = "d1000000-0000-4000-8000-000000000003",
                ["fromTransactionId"] = "d1000000-0000-4000-8000-000000000004",
                ["toTransactionId"] = "d1000000-0000-4000-8000-000000000005",
                ["bankTransferId"] = "d1000000-0000-4000-8000-000000000001",
            }),
        new HandWritten(
            """
            {"BankTransferID":"d2","Date":"\/Date(1774991400000+0000)\/","FromIsReconciled":false,"ToIsReconciled":false,
             "ToBankAccount":{"Name":""},"FromBankAccount":null,"FromTracking":[null,{"Name":"Second"}],"ToTracking":[]}
            """,
            new Cells
            {
                ["bankTransferId"] = "d2", ["date"] = Cells.Day("2026-03-31"), ["fromReconciled"] = false, ["toReconciled"] = false,
                ["fromTracking2Name"] = "Second",
            }));
}
