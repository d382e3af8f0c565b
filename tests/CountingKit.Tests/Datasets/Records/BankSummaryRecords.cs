namespace CountingKit.Tests.Datasets.Records;

internal static class BankSummaryRecords
{
    private const string Period = "2026-07-01/2026-09-30";

    public static HandWrittenDataset Of { get; } = new("bankSummary",
        new HandWritten(
            """
            {"Rows":[
              {"RowType":"Header","Cells":[{"Value":"Bank Accounts"},{"Value":"Opening Balance"},{"Value":"Cash Received"},{"Value":"Cash Spent"},{"Value":"Closing Balance"}]},
              {"RowType":"Section","Title":"","Rows":[
                {"RowType":"Row","Cells":[
                  {"Value":"Big City Bank","Attributes":[{"Value":"74000000-0000-4000-8000-000000000001","Id":"accountID"}]},
                  {"Value":"1.50"},{"Value":"110.00","Attributes":[{"Value":"74000000-0000-4000-8000-000000000001","Id":"account"}]},
                  {"Value":"100.00"},{"Value":"11.50"}]},
                {"RowType":"SummaryRow","Cells":[{"Value":"Total"},{"Value":"2.50"},{"Value":"111.00"},{"Value":"101.00"},{"Value":"12.50"}]}]}]}
            """,
            new Cells(Head)
            {
                ["account"] = "Big City Bank", ["openingBalance"] = 1.5m, ["cashReceived"] = 110m, ["cashSpent"] = 100m,
                ["closingBalance"] = 11.5m, ["isTotal"] = false, ["line"] = 1, ["accountId"] = "74000000-0000-4000-8000-000000000001",
                ["lineId"] = $"{Period} / 74000000-0000-4000-8000-000000000001",
            },
            new Cells(Head)
            {
                ["account"] = "Total", ["openingBalance"] = 2.5m, ["cashReceived"] = 111m, ["cashSpent"] = 101m,
                ["closingBalance"] = 12.5m, ["isTotal"] = true, ["line"] = 2, ["lineId"] = $"{Period} / Total",
            })
        { Key = Period });

    private static Cells Head => new()
    {
        ["period"] = "Jul–Sep 2026", ["from"] = Cells.Day("2026-07-01"), ["to"] = Cells.Day("2026-09-30"),
    };
}
