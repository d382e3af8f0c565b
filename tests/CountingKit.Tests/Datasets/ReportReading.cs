using System.Text;
using System.Text.Json.Nodes;
using CountingKit.Datasets;
using CountingKit.Tests.Datasets.Records;

namespace CountingKit.Tests.Datasets;

/// <summary>What may stand in a report: it costs its own cell, and nothing throws.</summary>
public sealed class ReportReading
{
    private const string Period = "2026-10-01/2026-10-31";

    private static readonly string[] Odd =
    [
        "null", "true", "\"\"", "{}", "[]", "[[]]", "-0", "1e400", "\"1,234.00\"", "\"(5.00)\"", "\"7.3%\"", "\"%\"", "\"n/a\"",
        "79228162514264337593543950336", "\"\\u0000\"", "\"\\ud800\"", $"\"{new string('9', 400)}\"",
        $"{new string('[', 1000)}{new string(']', 1000)}",
    ];

    public static TheoryData<string> Reports =>
        new(DatasetCatalogue.All.Where(dataset => dataset.Report is not null).Select(dataset => dataset.Key));

    /// <summary>Each value of each report in turn: missing, and then whatever else may stand in its place.</summary>
    [Theory]
    [MemberData(nameof(Reports))]
    public void A_value_that_is_missing_or_odd_costs_what_is_made_of_it_and_nothing_else(string key)
    {
        var (written, tried, wrong) = (HandWrittenDataset.Find(key), 0, new List<string>());
        var columns = written.Dataset.Columns.ToList();
        var record = written.Records[0];
        var before = Read(written.Dataset, record.Key, Encoding.UTF8.GetString(record.Json));
        var lines = LinesOf(JsonNode.Parse(record.Json)!["Rows"]!).ToList();
        before.Should().HaveCount(lines.Count);
        for (var line = 0; line < lines.Count; line++)
            for (var cell = 0; cell < lines[line].Count; cell++)
                foreach (var odd in Odd.Append(null))
                {
                    tried++;
                    var report = JsonNode.Parse(record.Json)!;
                    var changed = LinesOf(report["Rows"]!).ElementAt(line)[cell]!.AsObject();
                    if (odd is null) changed.Remove("Value");
                    else changed["Value"] = "here";
                    var after = Read(written.Dataset, record.Key, report.ToJsonString().Replace("\"here\"", odd, StringComparison.Ordinal));
                    if (after.Count != before.Count)
                    {
                        wrong.Add($"{odd} in cell {cell} of line {line}: {after.Count} lines");
                        continue;
                    }

                    for (var i = 0; i < columns.Count; i++)
                        for (var row = 0; row < before.Count; row++)
                        {
                            // A label is a part of the key of its line, and its equals are counted.
                            var mayDiffer = columns[i].Path == "=line(Rows[])" || (row == line
                                && (columns[i].Path == $"Rows[].Cells[{cell}].Value" || columns[i].Path == "=unit(Rows[])"));
                            if (mayDiffer ? after[row].Odd[i] && !after[row].Cells[i].IsNull : !after[row].Cells[i].Equals(before[row].Cells[i]))
                                wrong.Add($"{odd} in cell {cell} of line {line}: {columns[i].Key} of row {row}");
                        }
                }

        wrong.Should().BeEmpty();
        tried.Should().BeGreaterThan(Odd.Length * 4);
    }

    [Theory]
    [InlineData("\"1,234.00\"")]
    [InlineData("\"7.3%\"")]
    [InlineData("\"n/a\"")]
    [InlineData("{\"Deep\":1}")]
    public void A_text_where_an_amount_belongs_is_a_blank_cell_that_is_told(string value)
    {
        var row = Read(DatasetCatalogue.Get("profitAndLoss"), Period, Report($$"""{"RowType":"Row","Cells":[{"Value":"Rent"},{"Value":{{value}}}]}"""))
            .Should().ContainSingle().Subject;

        (row["amount"], row["account"]).Should().Be((CellValue.Null, CellValue.Text("Rent")));
        row.IsOdd("amount").Should().BeTrue();
        row.IsOdd("account").Should().BeFalse();
    }

    [Theory]
    [InlineData("\"7.3%\"", "7.3")]
    [InlineData("\"-413.5%\"", "-413.5")]
    [InlineData("\"-62.034024896265560165975103734\"", "-62.034025")]
    [InlineData("4", "4")]
    public void Percentages_are_numbers_and_ratios_have_six_decimals(string value, string number)
    {
        var row = Read(DatasetCatalogue.Get("executiveSummary"), Period, Report($$"""{"RowType":"Row","Cells":[{"Value":"Margin"},{"Value":{{value}}}]}"""))
            .Single();

        row["thisMonth"].AsNumber.Should().Be(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
        row["unit"].Should().Be(value.Contains('%') ? CellValue.Text("%") : CellValue.Null);
    }

    [Fact]
    public void What_stands_in_a_line_s_place_is_a_row_that_says_so_and_the_others_are_there()
    {
        var rows = Read(DatasetCatalogue.Get("profitAndLoss"), Period,
            Report("""{"RowType":"Row","Cells":[{"Value":"A"},{"Value":"1"}]},7,{"RowType":"Row","Cells":"x"},{"RowType":"Row","Cells":[{"Value":"B"},"2"]}"""));

        rows.Select(row => row["account"]).Should().Equal(CellValue.Text("A"), CellValue.Null, CellValue.Null, CellValue.Text("B"));
        rows.Select(row => row.IsOdd("amount")).Should().Equal(false, true, true, true);
        rows.Select(row => row["lineId"].AsText).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"Rows\":5}")]
    [InlineData("{\"Rows\":[{\"RowType\":\"Section\",\"Rows\":{}}]}")]
    [InlineData("{\"Rows\":[")]
    public void A_report_that_is_none_stands_for_rows_that_cannot_be_read(string report)
    {
        var reader = DatasetCatalogue.Get("balanceSheet").Reader(DatasetCatalogue.Get("balanceSheet").Columns);
        var (cells, odd) = (new CellValue[40], new bool[40]);

        reader.Open("2026-10-31", Encoding.UTF8.GetBytes(report));

        reader.Next(cells, odd, out var isWhole).Should().BeTrue();
        (reader.Place, isWhole).Should().Be((0, false));
        reader.Next(cells, odd, out _).Should().BeFalse();
    }

    [Fact]
    public void However_deep_sections_stand_nothing_falls_over()
    {
        string Nested(int depth) => string.Concat(Enumerable.Repeat("""{"RowType":"Section","Title":"S","Rows":[""", depth))
            + """{"RowType":"Row","Cells":[{"Value":"Deep"},{"Value":"1"}]}""" + string.Concat(Enumerable.Repeat("]}", depth));

        Read(DatasetCatalogue.Get("profitAndLoss"), Period, Report(Nested(20))).Single()["account"].Should().Be(CellValue.Text("Deep"));
        Read(DatasetCatalogue.Get("profitAndLoss"), Period, Report(Nested(2000))).Single().IsOdd("amount").Should().BeTrue();
    }

    [Fact]
    public void An_account_that_is_renamed_keeps_its_rows_and_one_that_moves_to_another_section_does_not()
    {
        string Key(string section, string label) => Read(DatasetCatalogue.Get("profitAndLoss"), Period,
            $$"""{"Rows":[{"RowType":"Section","Title":"{{section}}","Rows":[{"RowType":"Row","Cells":[{"Value":"{{label}}","Attributes":[{"Id":"account","Value":"71000000-0000-4000-8000-00000000000a"}]}]}]}]}""")
            .Single()["lineId"].AsText;

        Key("Income", "Sales").Should().Be(Key("Income", "Sales of goods"));
        Key("Income", "Sales").Should().NotBe(Key("Other Income", "Sales"));
    }

    private static IEnumerable<JsonArray> LinesOf(JsonNode rows)
    {
        foreach (var row in rows.AsArray().OfType<JsonObject>())
        {
            if (row["RowType"]?.ToString() != "Header" && row["Cells"] is JsonArray { Count: > 0 } cells) yield return cells;
            if (row["Rows"] is not { } inner) continue;
            foreach (var line in LinesOf(inner)) yield return line;
        }
    }

    private static string Report(string rows) => $$"""{"Rows":[{{rows}}]}""";

    private static List<Row> Read(Dataset dataset, string period, string report)
    {
        var reader = dataset.Reader(dataset.Columns);
        var rows = new List<Row>();
        reader.Open(period, Encoding.UTF8.GetBytes(report));
        while (true)
        {
            var row = new Row(dataset, new CellValue[dataset.Columns.Count], new bool[dataset.Columns.Count]);
            if (!reader.Next(row.Cells, row.Odd, out var isWhole)) return rows;
            isWhole.Should().Be(reader.Place > 0 && !row.Odd.Contains(true));
            rows.Add(row);
        }
    }

    private sealed record Row(Dataset Dataset, CellValue[] Cells, bool[] Odd)
    {
        public CellValue this[string column] => Cells[Place(column)];

        public bool IsOdd(string column) => Odd[Place(column)];

        private int Place(string column) => Dataset.Columns.ToList().FindIndex(c => c.Key == column);
    }
}
