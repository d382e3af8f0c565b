namespace CountingKit.Tests.Datasets.Records;

internal static class BudgetSummaryRecords
{
    private const string Period = "2027-01-01/2027-01-31";

    public static HandWrittenDataset Of { get; } = new("budgetSummary",
        new HandWritten(
            """
            {"ReportTitles":["Overall Budget","Budget Summary","Acme","January 2027 to January 2027"],"Rows":[
              {"RowType":"Header","Cells":[{"Value":"Account"},{"Value":"Jan-27"}]},
              {"RowType":"Section","Title":"Income","Rows":[
                {"RowType":"Row","Cells":[
                  {"Value":"Sales","Attributes":[{"Value":"75000000-0000-4000-8000-000000000001","Id":"account"}]},{"Value":"5000"}]}]},
              {"RowType":"Section","Title":"","Rows":[{"RowType":"SummaryRow","Cells":[{"Value":"Gross Profit"},{"Value":"4999.99"}]}]}]}
            """,
            new Cells(Head)
            {
                ["section"] = "Income", ["account"] = "Sales", ["amount"] = 5000m, ["isTotal"] = false, ["line"] = 1,
                ["accountId"] = "75000000-0000-4000-8000-000000000001",
                ["lineId"] = $"{Period} / Income / 75000000-0000-4000-8000-000000000001",
            },
            new Cells(Head)
            {
                ["account"] = "Gross Profit", ["amount"] = 4999.99m, ["isTotal"] = true, ["line"] = 2, ["lineId"] = $"{Period} / Gross Profit",
            })
        { Key = Period });

    private static Cells Head => new()
    {
        ["period"] = "Jan 2027", ["from"] = Cells.Day("2027-01-01"), ["to"] = Cells.Day("2027-01-31"),
    };
}
