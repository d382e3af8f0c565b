namespace CountingKit.Tests.Datasets.Records;

internal static class AccountRecords
{
    public static HandWrittenDataset Of { get; } = new("accounts",
        new HandWritten(
            """
            {"AccountID":"A1000000-0000-4000-8000-00000000000A","Code":"0090","Name":"=SUM(A1) <b>Чеки</b>","Type":"TERMLIAB",
             "TaxType":"INPUT2","Description":"line 1\nline 2 \"quoted\"","Class":"LIABILITY","Status":"ARCHIVED",
             "EnablePaymentsToAccount":true,"ShowInExpenseClaims":"false","BankAccountNumber":"0209087654321050",
             "BankAccountType":"CREDITCARD","CurrencyCode":"NZD","SystemAccount":"DEBTORS","ReportingCode":"007",
             "ReportingCodeName":"Expense &amp; more","AddToWatchlist":false,"HasAttachments":true,
             "UpdatedDateUTC":"\/Date(1770091506789+1300)\/","NewThing":{"deep":[[]]}}
            """,
            new Cells
            {
                ["code"] = "0090", ["name"] = "=SUM(A1) <b>Чеки</b>", ["type"] = "TERMLIAB", ["typeCode"] = "TERMLIAB",
                ["class"] = "LIABILITY", ["status"] = "ARCHIVED", ["statusCode"] = "ARCHIVED",
                ["description"] = "line 1\nline 2 \"quoted\"", ["taxType"] = "INPUT2", ["enablePayments"] = true,
                ["showInExpenseClaims"] = false, ["bankAccountNumber"] = "0209087654321050", ["bankAccountType"] = "CREDITCARD",
                ["currency"] = "NZD", ["systemAccount"] = "DEBTORS", ["reportingCode"] = "007",
                ["reportingCodeName"] = "Expense &amp; more", ["onWatchlist"] = false, ["hasAttachments"] = true,
                ["updated"] = Cells.Moment("2026-02-03 04:05:06.789"), ["accountId"] = "A1000000-0000-4000-8000-00000000000A",
            }),
        new HandWritten(
            """
            {"AccountID":"a2","Code":"","Name":null,"EnablePaymentsToAccount":true,"ShowInExpenseClaims":false,
             "AddToWatchlist":true,"SystemAccount":"","HasAttachments":null}
            """,
            new Cells { ["accountId"] = "a2", ["enablePayments"] = true, ["showInExpenseClaims"] = false, ["onWatchlist"] = true }));
}
