namespace CountingKit.Tests.Datasets.Records;

internal static class ProfitAndLossRecords
{
    private const string Period = "2026-10-01/2026-10-31";

    public static HandWrittenDataset Of { get; } = new("profitAndLoss",
        // Sections in sections, an account whose name changed case, what Xero computes, and one label twice.
        new HandWritten(
            """
            {"ReportID":"ProfitAndLoss","ReportName":"Profit and Loss","ReportType":"ProfitAndLoss",
             "ReportTitles":["Profit & Loss","Acme","1 October 2026 to 31 October 2026"],"ReportDate":"30 November 2026",
             "UpdatedDateUTC":"\/Date(1796083200000)\/","Fields":[],
             "Rows":[
               {"RowType":"Header","Cells":[{"Value":""},{"Value":"31 Oct 26"}]},
               {"RowType":"Section","Title":"Income","Rows":[
                 {"RowType":"Row","Cells":[
                   {"Value":"Sales","Attributes":[{"Value":"71000000-0000-4000-8000-00000000000A","Id":"account"}]},
                   {"Value":"1234567890.12","Attributes":[{"Value":"71000000-0000-4000-8000-00000000000A","Id":"account"}]}]},
                 {"RowType":"SummaryRow","Cells":[{"Value":"Total Income"},{"Value":"1234567890.12"}]}]},
               {"RowType":"Section","Title":"Less Operating Expenses","Rows":[
                 {"RowType":"Section","Title":"Premises","Rows":[
                   {"RowType":"Section","Title":"Rent","Rows":[
                     {"RowType":"Row","Cells":[
                       {"Value":"=Rent <b>","Attributes":[{"Value":"71000000-0000-4000-8000-00000000000b","Id":"account"}]},
                       {"Value":"-0.10"}]}]}]},
                 {"RowType":"Row","Cells":[{"Value":"FX gain"},{"Value":"12.5"}]},
                 {"RowType":"Row","Cells":[{"Value":"FX gain"},{"Value":"2.5"}]}]},
               {"RowType":"Section","Title":"","Rows":[{"RowType":"Row","Cells":[{"Value":"Net Profit"},{"Value":"1234567875.22"}]}]}]}
            """,
            new Cells(Head)
            {
                ["section"] = "Income", ["account"] = "Sales", ["amount"] = 1234567890.12m, ["isTotal"] = false, ["line"] = 1,
                ["accountId"] = "71000000-0000-4000-8000-00000000000a",
                ["lineId"] = $"{Period} / Income / 71000000-0000-4000-8000-00000000000a",
            },
            new Cells(Head)
            {
                ["section"] = "Income", ["account"] = "Total Income", ["amount"] = 1234567890.12m, ["isTotal"] = true, ["line"] = 2,
                ["lineId"] = $"{Period} / Income / Total Income",
            },
            new Cells(Head)
            {
                ["parentSection"] = "Less Operating Expenses › Premises", ["section"] = "Rent", ["account"] = "=Rent <b>",
                ["amount"] = -0.1m, ["isTotal"] = false, ["line"] = 3, ["accountId"] = "71000000-0000-4000-8000-00000000000b",
                ["lineId"] = $"{Period} / Rent / 71000000-0000-4000-8000-00000000000b",
            },
            new Cells(Head)
            {
                ["section"] = "Less Operating Expenses", ["account"] = "FX gain", ["amount"] = 12.5m, ["isTotal"] = false,
                ["line"] = 4, ["lineId"] = $"{Period} / Less Operating Expenses / FX gain",
            },
            new Cells(Head)
            {
                ["section"] = "Less Operating Expenses", ["account"] = "FX gain", ["amount"] = 2.5m, ["isTotal"] = false,
                ["line"] = 5, ["lineId"] = $"{Period} / Less Operating Expenses / FX gain #2",
            },
            new Cells(Head)
            {
                ["account"] = "Net Profit", ["amount"] = 1234567875.22m, ["isTotal"] = true, ["line"] = 6,
                ["lineId"] = $"{Period} / Net Profit",
            })
        { Key = Period },
        // Null rows and cells, a line without its amount, one without anything, and a title that is missing.
        new HandWritten(
            """
            {"Rows":[null,{"RowType":"Section","Rows":[null,
              {"RowType":"Row","Cells":[null,null]},{"RowType":"Row","Cells":[]},{"RowType":"Row"},
              {"RowType":"Row","Cells":[{"Value":"Rounding","Attributes":null},null]},
              {"RowType":"Row","Cells":[{"Value":"Freight","Attributes":[null,{"Value":"71000000-0000-4000-8000-00000000000c","Id":"account"}]}]},
              {"RowType":"Row","Cells":[{"Attributes":[{"Value":"00000000-0000-0000-0000-000000000000","Id":"account"}]},{"Value":"5"}]}]}]}
            """,
            new Cells(Year) { ["account"] = "Rounding", ["isTotal"] = true, ["line"] = 1, ["lineId"] = $"{YearKey} / Rounding" },
            new Cells(Year)
            {
                ["account"] = "Freight", ["isTotal"] = false, ["line"] = 2, ["accountId"] = "71000000-0000-4000-8000-00000000000c",
                ["lineId"] = $"{YearKey} / 71000000-0000-4000-8000-00000000000c",
            },
            new Cells(Year) { ["amount"] = 5m, ["isTotal"] = false, ["line"] = 3, ["lineId"] = YearKey })
        { Key = YearKey },
        new HandWritten("""{"ReportName":"Profit and Loss","Rows":[]}""") { Key = "2026-11-01/2026-11-30" });

    private const string YearKey = "2025-07-01/2026-06-30";

    private static Cells Head => new()
    {
        ["period"] = "Oct 2026", ["from"] = Cells.Day("2026-10-01"), ["to"] = Cells.Day("2026-10-31"),
    };

    private static Cells Year => new()
    {
        ["period"] = "Jul 2025–Jun 2026", ["from"] = Cells.Day("2025-07-01"), ["to"] = Cells.Day("2026-06-30"),
    };
}
