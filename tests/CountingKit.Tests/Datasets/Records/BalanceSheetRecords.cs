namespace CountingKit.Tests.Datasets.Records;

internal static class BalanceSheetRecords
{
    private const string Day = "2026-09-30";

    public static HandWrittenDataset Of { get; } = new("balanceSheet",
        // A title alone is the parent of what follows, up to its total.
        new HandWritten(
            """
            {"ReportName":"Balance Sheet","ReportTitles":["Balance Sheet","Acme","As at 30 September 2026"],
             "Rows":[
               {"RowType":"Header","Cells":[{"Value":""},{"Value":"30 Sep 2026"}]},
               {"RowType":"Section","Title":"Assets","Rows":[]},
               {"RowType":"Section","Title":"Bank","Rows":[
                 {"RowType":"Row","Cells":[
                   {"Value":"Savings","Attributes":[{"Value":"72000000-0000-4000-8000-000000000001","Id":"account"}]},
                   {"Value":"-1850.00","Attributes":[{"Value":"72000000-0000-4000-8000-000000000001","Id":"account"}]}]},
                 {"RowType":"SummaryRow","Cells":[{"Value":"Total Bank"},{"Value":"-1850.00"}]}]},
               {"RowType":"Section","Title":"","Rows":[{"RowType":"SummaryRow","Cells":[{"Value":"Total Assets"},{"Value":"-1850.01"}]}]},
               {"RowType":"Section","Title":"","Rows":[{"RowType":"Row","Cells":[{"Value":"Net Assets"},{"Value":"-1850.02"}]}]},
               {"RowType":"Section","Title":"Equity","Rows":[
                 {"RowType":"Row","Cells":[
                   {"Value":"Current Year Earnings","Attributes":[{"Value":"00000000-0000-0000-0000-000000000000","Id":"account"}]},
                   {"Value":"114.62","Attributes":[{"Value":"00000000-0000-0000-0000-000000000000","Id":"account"},
                     {"Value":"4/1/2026","Id":"fromDate"},{"Value":"9/30/2026","Id":"toDate"}]}]}]}]}
            """,
            new Cells(Head)
            {
                ["parentSection"] = "Assets", ["section"] = "Bank", ["account"] = "Savings", ["amount"] = -1850m, ["isTotal"] = false,
                ["line"] = 1, ["accountId"] = "72000000-0000-4000-8000-000000000001",
                ["lineId"] = $"{Day} / Bank / 72000000-0000-4000-8000-000000000001",
            },
            new Cells(Head)
            {
                ["parentSection"] = "Assets", ["section"] = "Bank", ["account"] = "Total Bank", ["amount"] = -1850m,
                ["isTotal"] = true, ["line"] = 2, ["lineId"] = $"{Day} / Bank / Total Bank",
            },
            new Cells(Head)
            {
                ["parentSection"] = "Assets", ["account"] = "Total Assets", ["amount"] = -1850.01m, ["isTotal"] = true,
                ["line"] = 3, ["lineId"] = $"{Day} / Total Assets",
            },
            new Cells(Head)
            {
                ["account"] = "Net Assets", ["amount"] = -1850.02m, ["isTotal"] = true, ["line"] = 4, ["lineId"] = $"{Day} / Net Assets",
            },
            new Cells(Head)
            {
                ["section"] = "Equity", ["account"] = "Current Year Earnings", ["amount"] = 114.62m, ["isTotal"] = false,
                ["line"] = 5, ["lineId"] = $"{Day} / Equity / Current Year Earnings",
            })
        { Key = Day },
        new HandWritten("{}") { Key = "2026-02-28" });

    private static Cells Head => new() { ["period"] = "Sep 2026", ["asAt"] = Cells.Day(Day) };
}
