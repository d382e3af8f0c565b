namespace CountingKit.Tests.Datasets.Records;

internal static class TrialBalanceRecords
{
    private const string Day = "2026-11-15";

    public static HandWrittenDataset Of { get; } = new("trialBalance",
        new HandWritten(
            """
            {"Rows":[
              {"RowType":"Header","Cells":[{"Value":"Account"},{"Value":"Debit"},{"Value":"Credit"},{"Value":"YTD Debit"},{"Value":"YTD Credit"}]},
              {"RowType":"Section","Title":"Revenue","Rows":[
                {"RowType":"Row","Cells":[
                  {"Value":"Sales (0200)","Attributes":[{"Value":"73000000-0000-4000-8000-000000000001","Id":"account"}]},
                  {"Value":""},{"Value":"800.55"},{"Value":""},{"Value":"9100.05"}]}]},
              {"RowType":"Section","Title":"Assets","Rows":[
                {"RowType":"Row","Cells":[
                  {"Value":"Loan (Bob)","Attributes":[{"Value":"73000000-0000-4000-8000-000000000002","Id":"account"}]},
                  {"Value":"10"},{"Value":""},{"Value":"20.25"}]}]},
              {"RowType":"Section","Title":"","Rows":[
                {"RowType":"SummaryRow","Cells":[{"Value":"Total"},{"Value":"10.00"},{"Value":"800.55"},{"Value":"20.25"},{"Value":"9100.05"}]}]}]}
            """,
            new Cells(Head)
            {
                ["section"] = "Revenue", ["account"] = "Sales (0200)", ["credit"] = 800.55m, ["ytdCredit"] = 9100.05m, ["isTotal"] = false,
                ["line"] = 1, ["accountId"] = "73000000-0000-4000-8000-000000000001",
                ["lineId"] = $"{Day} / Revenue / 73000000-0000-4000-8000-000000000001",
            },
            new Cells(Head)
            {
                ["section"] = "Assets", ["account"] = "Loan (Bob)", ["debit"] = 10m, ["ytdDebit"] = 20.25m, ["isTotal"] = false,
                ["line"] = 2, ["accountId"] = "73000000-0000-4000-8000-000000000002",
                ["lineId"] = $"{Day} / Assets / 73000000-0000-4000-8000-000000000002",
            },
            new Cells(Head)
            {
                ["account"] = "Total", ["debit"] = 10m, ["credit"] = 800.55m, ["ytdDebit"] = 20.25m, ["ytdCredit"] = 9100.05m,
                ["isTotal"] = true, ["line"] = 3, ["lineId"] = $"{Day} / Total",
            })
        { Key = Day });

    private static Cells Head => new() { ["period"] = "Nov 15, 2026", ["asAt"] = Cells.Day(Day) };
}
