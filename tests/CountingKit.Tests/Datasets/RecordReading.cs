using System.Globalization;
using System.Text;
using CountingKit.Datasets;

namespace CountingKit.Tests.Datasets;

public sealed class RecordReading
{
    [Theory]
    [InlineData("\"/Date(1539993600000+0000)/\"", "2018-10-20")]
    [InlineData("\"\\/Date(1571875200000)\\/\"", "2019-10-24")]
    [InlineData("\"/Date(-86400000+0000)/\"", "1969-12-31")]
    [InlineData("\"/Date(-86400000-0500)/\"", "1969-12-31")]
    [InlineData("\"2018-10-20T00:00:00\"", "2018-10-20")]
    [InlineData("\"2018-10-20T00:00:00Z\"", "2018-10-20")]
    [InlineData("\"2018-10-20T00:00:00+13:00\"", "2018-10-20")]
    [InlineData("\"2018-10-20\"", "2018-10-20")]
    public void Dates_come_in_several_forms(string json, string expected) =>
        Cell(ColumnType.Date, json).Should().Be(CellValue.Date(DateOnly.Parse(expected, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("\"/Date(1541176290160+0000)/\"", "2018-11-02T16:31:30.160Z")]
    [InlineData("\"2019-12-07T18:46:19.5165400\"", "2019-12-07T18:46:19.51654Z")]
    [InlineData("\"2017-08-14T01:18:26.74\"", "2017-08-14T01:18:26.74Z")]
    [InlineData("\"2017-08-14T14:18:26+13:00\"", "2017-08-14T01:18:26Z")]
    public void Moments_come_in_several_forms(string json, string expected) => Cell(ColumnType.Instant, json)
        .Should().Be(CellValue.Instant(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("40.0", "40.0")]
    [InlineData("-0.1648", "-0.1648")]
    [InlineData("\"50.00\"", "50.00")]
    [InlineData("1e3", "1000")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("0.1000000000000000055511151231", "0.1000000000000000055511151231")]
    public void Numbers_are_exact_decimals(string json, string expected) => Cell(ColumnType.Money, json)
        .Should().Be(CellValue.Number(decimal.Parse(expected, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"false\"", false)]
    [InlineData("\"True\"", true)]
    public void Booleans_may_be_texts(string json, bool expected) =>
        Cell(ColumnType.YesNo, json).Should().Be(CellValue.YesNo(expected));

    [Theory]
    [InlineData("null", ColumnType.Text)]
    [InlineData("\"\"", ColumnType.Text)]
    [InlineData("null", ColumnType.Money)]
    [InlineData("\"\"", ColumnType.Money)]
    [InlineData("\"\"", ColumnType.Date)]
    [InlineData("\"/Date(0+0000)/\"", ColumnType.Date)]
    [InlineData("\"/Date(0)/\"", ColumnType.Instant)]
    [InlineData("\"\"", ColumnType.YesNo)]
    public void Null_and_empty_and_the_date_of_voided_records_are_no_value(string json, ColumnType type) =>
        Cell(type, json).IsNull.Should().BeTrue();

    [Fact]
    public void What_is_absent_is_no_value() =>
        Read("{}", new("a", "A", ColumnType.Text, "A"), new("b", "B", ColumnType.Money, "B.C")).Should().OnlyContain(c => c.IsNull);

    [Theory]
    [InlineData(ColumnType.Date, "\"30 Apr 2019\"")]
    [InlineData(ColumnType.Date, "\"/Date(x)/\"")]
    [InlineData(ColumnType.Date, "\"/Date(1)\"")]
    [InlineData(ColumnType.Date, "\"/Date(1+00a0)/\"")]
    [InlineData(ColumnType.Date, "\"/Date(9223372036854775807)/\"")]
    [InlineData(ColumnType.Date, "17")]
    [InlineData(ColumnType.Instant, "true")]
    [InlineData(ColumnType.Money, "\"1,000.00\"")]
    [InlineData(ColumnType.Money, "1e40")]
    [InlineData(ColumnType.Money, "[1]")]
    [InlineData(ColumnType.YesNo, "1")]
    [InlineData(ColumnType.Text, "{}")]
    public void Anything_else_is_refused_with_its_path(ColumnType type, string json) =>
        FluentActions.Invoking(() => Read($$"""{"A":{"B":{{json}} } }""", new Column("x", "X", type, "A.B")))
            .Should().Throw<UnreadableRecordException>().Which.Path.Should().Be("A.B");

    [Theory]
    [InlineData("[1")]
    [InlineData("{} {}")]
    [InlineData("7")]
    [InlineData("")]
    public void Bytes_that_are_no_record_are_refused(string json) =>
        FluentActions.Invoking(() => Read(json, new Column("x", "X", ColumnType.Text, "A")))
            .Should().Throw<UnreadableRecordException>();

    [Fact]
    public void Half_a_surrogate_pair_does_not_cost_the_record() =>
        Cell(ColumnType.Text, "\"caf\\u00e9 \\ud83d \\uD83D\\uDE00\\n\\\"\"").Should().Be(CellValue.Text("café \uFFFD 😀\n\""));

    [Fact]
    public void A_date_with_a_time_of_day_takes_the_day_of_its_sibling() =>
        Read("""{"DayString":"2019-03-31T00:00:00","Day":"/Date(1553943600000+0000)/"}""",
            new Column("x", "X", ColumnType.Date, "Day")).Should().Equal(CellValue.Date(new(2019, 3, 31)));

    [Fact]
    public void Formulas_count_divide_and_link()
    {
        Column[] columns =
        [
            new("n", "N", ColumnType.WholeNumber, "=count(Lines)"),
            new("b", "B", ColumnType.Money, "=Total / Rate"),
            new("l", "L", ColumnType.Text, "=link(https://example.com/?id=, Id)"),
        ];

        Read("""{"Lines":[{"a":[1]},null,{}],"Total":10.005,"Rate":"2","Id":"a b"}""", columns).Should().Equal(
            CellValue.Number(2), CellValue.Number(5.00m), CellValue.Text("https://example.com/?id=a%20b"));
        Read("""{"Total":10,"Rate":0,"Lines":null,"Id":""}""", columns).Should().OnlyContain(cell => cell.IsNull);
    }

    [Fact]
    public void Every_path_of_the_catalogue_is_understood()
    {
        foreach (var dataset in DatasetCatalogue.All)
        {
            dataset.Columns.Select(column => column.Key).Should().OnlyHaveUniqueItems();
            dataset.Columns.Select(column => column.Heading).Should().OnlyHaveUniqueItems();
            dataset.Column(dataset.KeyColumn).Type.Should().Be(ColumnType.Text);
            dataset.DefaultSort.Should().OnlyContain(sort => dataset.Columns.Any(column => column.Key == sort.Column));
            new RecordReader(dataset.Columns).Read("{}"u8).Should().HaveCount(dataset.Columns.Count);
        }
    }

    [Fact]
    public void Reading_makes_nothing_but_the_texts()
    {
        Column[] columns = [.. DatasetCatalogue.Get("invoices").Columns.Where(column => column.Type != ColumnType.Text)];
        var record = HandWrittenInvoice.Json;
        var reader = new RecordReader(columns);
        var cells = new CellValue[columns.Length];
        reader.Read(record, cells);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) reader.Read(record, cells);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1000, "that is less than a byte a record");
    }

    private static CellValue Cell(ColumnType type, string json) =>
        Read($$"""{"A":{"Z":{"B":1},"B":{{json}}},"B":[{}]}""", new Column("x", "X", type, "A.B"))[0];

    private static CellValue[] Read(string json, params Column[] columns) =>
        new RecordReader(columns).Read(Encoding.UTF8.GetBytes(json));
}
