namespace CountingKit.Tests.Datasets.Records;

internal static class ExecutiveSummaryRecords
{
    private const string Period = "2026-11-01/2026-11-30";

    public static HandWrittenDataset Of { get; } = new("executiveSummary",
        new HandWritten(
            """
            {"Rows":[
              {"RowType":"Header","Cells":[{"Value":""},{"Value":"Nov 2026"},{"Value":"Oct 2026"},{"Value":"Variance"}]},
              {"RowType":"Section","Title":"Cash","Rows":[
                {"RowType":"Row","Cells":[{"Value":"Cash received"},{"Value":"40.00"},{"Value":"-44.00"},{"Value":"-21.8%"}]}]},
              {"RowType":"Section","Title":"Performance","Rows":[
                {"RowType":"Row","Cells":[{"Value":"Gross profit margin"},{"Value":"100.0%"},{"Value":""},{"Value":"0.0%"}]},
                {"RowType":"Row","Cells":[{"Value":"Average creditors days"},{"Value":"-6.426484907497565725413826680"},{"Value":"0"},{"Value":""}]}]}]}
            """,
            new Cells(Head)
            {
                ["section"] = "Cash", ["measure"] = "Cash received", ["thisMonth"] = 40m, ["lastMonth"] = -44m, ["variance"] = -21.8m,
                ["line"] = 1, ["lineId"] = $"{Period} / Cash / Cash received",
            },
            new Cells(Head)
            {
                ["section"] = "Performance", ["measure"] = "Gross profit margin", ["thisMonth"] = 100m, ["unit"] = "%", ["variance"] = 0m,
                ["line"] = 2, ["lineId"] = $"{Period} / Performance / Gross profit margin",
            },
            new Cells(Head)
            {
                ["section"] = "Performance", ["measure"] = "Average creditors days", ["thisMonth"] = -6.426485m,
                ["lastMonth"] = 0m, ["line"] = 3, ["lineId"] = $"{Period} / Performance / Average creditors days",
            })
        { Key = Period });

    private static Cells Head => new()
    {
        ["period"] = "Nov 2026", ["from"] = Cells.Day("2026-11-01"), ["to"] = Cells.Day("2026-11-30"),
    };
}
