namespace CountingKit.Tests.Datasets.Records;

internal static class ManualJournalRecords
{
    public static HandWrittenDataset Of { get; } = new("manualJournals",
        new HandWritten(
            """
            {"ManualJournalID":"31000000-0000-4000-8000-000000000001","Date":"\/Date(1709164800000+0000)\/","Status":"POSTED",
             "Narration":"=Accrual <br> Übertrag","LineAmountTypes":"NoTax","ShowOnCashBasisReports":true,"HasAttachments":"false",
             "Url":"https://example.com/j","UpdatedDateUTC":"\/Date(1770091506789+0000)\/",
             "JournalLines":[
               {"Description":"+Debit","LineAmount":"2569.05","AccountCode":"0429","AccountID":"31000000-0000-4000-8000-000000000002",
                "TaxType":"NONE","TaxAmount":1.25,"Tracking":[{"Name":"Region","Option":"South"},{"Name":"Job","Option":"7"}],"IsBlank":false},
               {"LineAmount":0,"IsBlank":true},
               {"LineItemID":"31000000-0000-4000-8000-0000000000aa","Description":"","LineAmount":-2569.05,"AccountCode":"0720","Tracking":null}]}
            """,
            new Cells(Head)
            {
                ["lineNumber"] = 1, ["description"] = "+Debit", ["accountCode"] = "0429", ["debit"] = 2569.05m, ["credit"] = 0,
                ["amount"] = 2569.05m, ["taxType"] = "NONE", ["taxAmount"] = 1.25m, ["tracking1Name"] = "Region",
                ["tracking1Option"] = "South", ["tracking2Name"] = "Job", ["tracking2Option"] = "7",
                ["accountId"] = "31000000-0000-4000-8000-000000000002", ["lineId"] = "31000000-0000-4000-8000-000000000001 1",
            },
            new Cells(Head)
            {
                ["lineNumber"] = 3, ["accountCode"] = "0720", ["debit"] = 0, ["credit"] = 2569.05m, ["amount"] = -2569.05m,
                ["lineId"] = "31000000-0000-4000-8000-0000000000aa",
            }),
        new HandWritten(
            """{"ManualJournalID":"32","Date":"\/Date(0+0000)\/","JournalLines":[{"Description":"No amount"}]}""",
            new Cells { ["manualJournalId"] = "32", ["lineNumber"] = 1, ["description"] = "No amount", ["lineId"] = "32 1" }),
        new HandWritten("""{"ManualJournalID":"33","JournalLines":[]}"""));

    private static Cells Head => new()
    {
        ["date"] = Cells.Day("2024-02-29"), ["narration"] = "=Accrual <br> Übertrag", ["status"] = "POSTED",
        ["statusCode"] = "POSTED", ["lineAmounts"] = "NoTax", ["onCashBasis"] = true, ["hasAttachments"] = false,
        ["sourceUrl"] = "https://example.com/j", ["updated"] = Cells.Moment("2026-02-03 04:05:06.789"),
        ["manualJournalId"] = "31000000-0000-4000-8000-000000000001",
    };
}
