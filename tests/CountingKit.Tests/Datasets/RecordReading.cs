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
    [InlineData("\"2018-10-20 00:00:00\"", "2018-10-20")]
    [InlineData("\"2018-10-20 00:00Z\"", "2018-10-20")]
    [InlineData("\"2018-10-20T00:00:00.000000000Z\"", "2018-10-20")]
    [InlineData("\"/Date(1419937200000+1300)/\"", "2014-12-31")]
    [InlineData("\"/Date(1420081200000-0500)/\"", "2014-12-31")]
    [InlineData("\"/Date(1539993600000+1300)/\"", "2018-10-20")]
    [InlineData("\"/Date(1539993600001+9999)/\"", "2018-10-20")]
    [InlineData("\"/Date(253402214400000+1300)/\"", "9999-12-31")]
    public void Dates_come_in_several_forms(string json, string expected) =>
        Cell(ColumnType.Date, json).Should().Be(CellValue.Date(DateOnly.Parse(expected, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("\"/Date(1541176290160+0000)/\"", "2018-11-02T16:31:30.160Z")]
    [InlineData("\"2019-12-07T18:46:19.5165400\"", "2019-12-07T18:46:19.51654Z")]
    [InlineData("\"2017-08-14T01:18:26.74\"", "2017-08-14T01:18:26.74Z")]
    [InlineData("\"2017-08-14T14:18:26+13:00\"", "2017-08-14T01:18:26Z")]
    [InlineData("\"2017-08-14 01:18:26\"", "2017-08-14T01:18:26Z")]
    [InlineData("\"/Date(1451988985943+1300)/\"", "2016-01-05T10:16:25.943Z")]
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
    [InlineData("\"/Date(-62135596800000+0000)/\"", ColumnType.Date)]
    [InlineData("\"/Date(-62135596800000+1300)/\"", ColumnType.Date)]
    [InlineData("\"/Date(-62135643600000+1300)/\"", ColumnType.Date)]
    [InlineData("\"/Date(-62135596800000+0000)/\"", ColumnType.Instant)]
    [InlineData("\"0001-01-01T00:00:00\"", ColumnType.Date)]
    [InlineData("\"0001-01-01T00:00:00+13:00\"", ColumnType.Instant)]
    [InlineData("\"0001-06-30\"", ColumnType.Date)]
    public void Null_and_empty_and_the_dates_that_mean_none_are_no_value(string json, ColumnType type)
    {
        Cell(type, json).IsNull.Should().BeTrue();
        Unreadable(InAB(json), new Column("x", "X", type, "A.B")).Should().BeEmpty();
    }

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
    [InlineData(ColumnType.Text, "[[\"a\"]]")]
    [InlineData(ColumnType.Date, "\"/Date(253402300800000+0000)/\"")]
    [InlineData(ColumnType.Date, "\"/Date(253402300799999+1300)/\"")]
    [InlineData(ColumnType.Instant, "\"10000-01-01T00:00:00\"")]
    [InlineData(ColumnType.Date, "\"/Date(-62198755200000)/\"")]
    [InlineData(ColumnType.Date, "\"9999-12-31T23:59:59-13:00\"")]
    [InlineData(ColumnType.Money, "\"\\ud800\"")]
    [InlineData(ColumnType.Money, "1e99999999999")]
    public void Anything_else_costs_its_own_cell(ColumnType type, string json)
    {
        var record = InAB($"{json},\"C\":\"after\"");

        Read(record, new("x", "X", type, "A.B"), new("c", "C", ColumnType.Text, "A.C")).Should().Equal(
            CellValue.Null, CellValue.Text("after"));
        Unreadable(record, new("x", "X", type, "A.B"), new("c", "C", ColumnType.Text, "A.C")).Should().Equal("x");
    }

    [Theory]
    [InlineData("[1")]
    [InlineData("{} {}")]
    [InlineData("7")]
    [InlineData("")]
    public void Bytes_that_are_no_record_have_no_value(string json)
    {
        Read(json, new Column("x", "X", ColumnType.Text, "A")).Should().Equal(CellValue.Null);
        Unreadable(json, new Column("x", "X", ColumnType.Text, "A")).Should().Equal("x");
    }

    [Theory]
    [InlineData("""{"A":"x"}""", "b")]
    [InlineData("""{"A":[{"B":1}]}""", "b")]
    [InlineData("""{"A":{"B":1},"A":7}""", "b")]
    [InlineData("""{"Lines":{"a":1}}""", "n")]
    [InlineData("""{"Total":1,"Rate":"x"}""", "q")]
    [InlineData("""{"Total":79228162514264337593543950335,"Rate":0.5}""", "q")]
    [InlineData("""{"Total":79228162514264337593543950335,"Rate":-0.0000000000000000000000000001}""", "q")]
    [InlineData("""{"Id":{}}""", "l")]
    [InlineData("""{"A":null,"Lines":"","Id":null,"A\ud800":1,"\ud800":{"B":1}}""", null)]
    public void A_shape_that_is_not_as_documented_costs_what_is_in_it(string json, string? column)
    {
        string[] expected = column is null ? [] : [column];

        Unreadable(
            json, new("b", "B", ColumnType.Money, "A.B"), new("n", "N", ColumnType.WholeNumber, "=count(Lines)"),
            new("q", "Q", ColumnType.Money, "=Total / Rate"), new("l", "L", ColumnType.Text, "=link(https://a/?id=, Id)"))
            .Should().Equal(expected);
    }

    [Theory]
    [InlineData("""{"Day":"/Date(1539993600000+0000)/","DayString":"2018-10-20 00:00:00"}""", true)]
    [InlineData("""{"Day":"/Date(1539993600000+0000)/","DayString":"soon"}""", true)]
    [InlineData("""{"Day":"/Date(1539993600000+0000)/","DayString":20181020}""", true)]
    [InlineData("""{"Day":"/Date(1539993600000+0000)/","DayString":{}}""", true)]
    [InlineData("""{"Day":"2018-10-20 00:00:00"}""", true)]
    [InlineData("""{"Day":"soon","DayString":"2018-10-20T00:00:00"}""", true)]
    [InlineData("""{"DayString":"2018-10-20T00:00:00"}""", true)]
    [InlineData("""{"Day":null,"DayString":"2018-10-20T00:00:00"}""", true)]
    [InlineData("""{"Day":"/Date(0)/","DayString":"1970-01-01T00:00:00"}""", false)]
    [InlineData("""{"Day":"/Date(-62135596800000)/","DayString":"0001-01-01T00:00:00"}""", false)]
    public void A_date_is_read_from_whichever_of_the_two_siblings_can_be(string json, bool isTold)
    {
        var day = new Column("x", "X", ColumnType.Date, "Day");

        Read(json, day).Should().Equal(isTold ? CellValue.Date(new(2018, 10, 20)) : CellValue.Null);
        Unreadable(json, day).Should().BeEmpty();
    }

    [Fact]
    public void Nothing_that_a_record_may_hold_throws()
    {
        Column[] columns = [.. DatasetCatalogue.All.Where(dataset => dataset.Report is null).SelectMany(dataset => dataset.Columns).Where(column => column.IsOfRecord)];
        string[] names = Names(columns);

        foreach (var value in Odd)
        {
            Read($"{{{string.Join(",", names.Select(name => $"\"{name}\":{value}"))}}}", columns)
                .Should().HaveCount(columns.Length);
            foreach (var other in Odd)
                Read($$$"""{"Total":{{{value}}},"CurrencyRate":{{{other}}},"Contact":{"Name":{{{value}}} } }""", columns)
                    .Should().HaveCount(columns.Length);
        }
    }

    public static TheoryData<string> Lists => new(DatasetCatalogue.All.Where(d => d is { List: not null, Report: null }).Select(d => d.Key));

    [Theory]
    [MemberData(nameof(Lists))]
    public void Nothing_that_a_record_s_list_may_hold_throws_and_other_elements_keep_their_rows(string key)
    {
        var dataset = DatasetCatalogue.Get(key);
        Column[] columns = [.. dataset.Columns.Where(column => column.IsOfRecord)];
        string[] names = Names(columns);
        foreach (var value in Odd)
        {
            var filled = $"{{{string.Join(",", names.Select(name => $"\"{name}\":{value}"))}}}";
            Rows($$"""{"{{dataset.List!.Name}}":{{value}}}""").Should().BeLessThanOrEqualTo(2);
            var rows = Rows($$"""{"Odd":{{value}},"{{dataset.List.Name}}":[{}, {{value}} ,{{filled}},{}],"Status":{{value}}}""");
            rows.Should().BeInRange(2, 4, "an element that is nothing, or is skipped, is no row; those beside it are: {0}", value);
        }

        int Rows(string json)
        {
            var (reader, count) = (new RecordReader(columns, dataset.List), 0);
            reader.Open(Encoding.UTF8.GetBytes(json));
            for (; reader.Next(new CellValue[columns.Length], new bool[columns.Length], out _); count++)
                reader.Place.Should().BeGreaterThanOrEqualTo(0);
            return count;
        }
    }

    private static readonly string[] Odd =
    [
        "null", "true", "\"\"", "{}", "[]", "[[]]", "-0", "1e400", "1e-400", "79228162514264337593543950336", "\"\\u0000\"",
        "\"\\ud800\"", "\"/Date(-9223372036854775808-9999)/\"", "\"/Date(253402300799999+1400)/\"", "\"0001-01-01\"",
        $"\"{new string('9', 400)}\"", new string('9', 400), $"{new string('[', 1000)}{new string(']', 1000)}",
    ];

    private static string[] Names(IEnumerable<Column> columns) =>
        [.. columns.SelectMany(c => c.Path.Split('.', ' ', '(', ')', '=', '/', ',', '[', ']')).Where(n => n.Length > 0).Distinct()];

    [Fact]
    public void Half_a_surrogate_pair_does_not_cost_the_record() =>
        Cell(ColumnType.Text, "\"caf\\u00e9 \\ud83d \\uD83D\\uDE00\\n\\\"\"").Should().Be(CellValue.Text("café \uFFFD 😀\n\""));

    [Fact]
    public void A_zero_character_cuts_nothing_off() =>
        Cell(ColumnType.Text, "\"before\\u0000after\"").Should().Be(CellValue.Text("before\uFFFDafter"));

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

    [Theory]
    [InlineData("""{"L":[{"K":"x","V":"1"},{"V":"2","K":"y"},{"K":"y","V":"3"}]}""", "L[K=y].V", "2")]
    [InlineData("""{"L":[{"K":"x","V":"1"},null,7,{"K":"y","V":{"W":"4"}}]}""", "L[K=y].V.W", "4")]
    [InlineData("""{"L":[{"V":"1"},{"V":"2"}]}""", "L[1].V", "2")]
    [InlineData("""{"A":{"L":[{"B":[{"V":"1"},{"V":"2"}]}]}}""", "A.L[0].B[1].V", "2")]
    [InlineData("""{"L":[{"V":"a"},{"W":"-"},{"V":""},null,{"V":"b"}]}""", "=join(L[].V)", "a, b")]
    [InlineData("""{"A":"+1","B":"","C":"555 0100"}""", "=words(A, B, C)", "+1 555 0100")]
    [InlineData("""{"L":[{"V":"first"}],"L":[{"W":"later"}]}""", "L[0].V", null)]
    [InlineData("""{"L":[{"K":"y\u0000","V":"1"},{"K":"Y","V":"1"},{"k":"y","V":"1"}]}""", "L[K=y].V", null)]
    [InlineData("""{"L":[]}""", "L[0].V", null)]
    [InlineData("""{"L":null}""", "=join(L[].V)", null)]
    [InlineData("""{"L":""}""", "L[K=y].V", null)]
    [InlineData("{}", "=words(A, B)", null)]
    public void Of_a_list_one_element_is_read_or_the_texts_of_all(string json, string path, string? expected)
    {
        var column = new Column("x", "X", ColumnType.Text, path);

        Read(json, column).Should().Equal(expected is null ? CellValue.Null : CellValue.Text(expected));
        Unreadable(json, column).Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"L":{"V":"1"}}""", "L[0].V")]
    [InlineData("""{"L":["text"]}""", "L[0].V")]
    [InlineData("""{"L":[{"K":"y","V":[1]}]}""", "L[K=y].V")]
    [InlineData("""{"L":[{"V":"a"},{"V":{}}]}""", "=join(L[].V)")]
    [InlineData("""{"L":7}""", "=join(L[].V)")]
    [InlineData("""{"A":"1","B":{}}""", "=words(A, B)")]
    public void What_is_no_list_or_no_element_costs_its_own_cell(string json, string path) =>
        Unreadable(json[..^1] + ",\"Other\":\"1\"}", new Column("x", "X", ColumnType.Text, path), new Column("o", "O", ColumnType.Text, "Other"))
            .Should().Equal("x");

    [Theory]
    [InlineData("L[].")]
    [InlineData("L[K=].V")]
    [InlineData("L[=y].V")]
    [InlineData("L[-1].V")]
    [InlineData("[0].V")]
    [InlineData("L[0]x.V")]
    public void A_path_in_none_of_the_forms_is_a_mistake_of_the_catalogue(string path) =>
        FluentActions.Invoking(() => new RecordReader([new("x", "X", ColumnType.Text, path)])).Should().Throw<ArgumentException>();

    [Fact]
    public void Reading_makes_nothing_but_the_texts()
    {
        Column[] columns = [.. DatasetCatalogue.Get("invoices").Columns.Where(column => column.Type != ColumnType.Text)];
        var record = HandWrittenInvoice.Json;
        var reader = new RecordReader(columns);
        var (cells, unreadable) = (new CellValue[columns.Length], new bool[columns.Length]);
        reader.Read(record, cells, unreadable);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) reader.Read(record, cells, unreadable);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1000, "that is less than a byte a record");
    }

    private static CellValue Cell(ColumnType type, string json) => Read(InAB(json), new Column("x", "X", type, "A.B"))[0];

    private static string InAB(string json) => $$"""{"A":{"Z":{"B":1},"B":{{json}}},"B":[{}]}""";

    private static CellValue[] Read(string json, params Column[] columns)
    {
        var cells = new CellValue[columns.Length];
        new RecordReader(columns).Read(Encoding.UTF8.GetBytes(json), cells, new bool[columns.Length]);
        return cells;
    }

    private static IEnumerable<string> Unreadable(string json, params Column[] columns)
    {
        var unreadable = new bool[columns.Length];
        var isWhole = new RecordReader(columns).Read(Encoding.UTF8.GetBytes(json), new CellValue[columns.Length], unreadable);
        isWhole.Should().Be(!unreadable.Contains(true));
        return columns.Where((_, i) => unreadable[i]).Select(column => column.Key);
    }
}
