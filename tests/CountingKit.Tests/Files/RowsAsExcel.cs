using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CountingKit.Adapters.Files;
using CountingKit.Datasets;
using CountingKit.History;
using static CountingKit.Tests.Files.TablesForFiles;

namespace CountingKit.Tests.Files;

public sealed partial class RowsAsExcel
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Fact]
    public async Task Every_type_is_a_cell_of_its_type_and_format()
    {
        FileColumn[] columns =
        [
            new("Number", ColumnType.Text), new("Total", ColumnType.Money), new("Rate", ColumnType.Decimal), new("Lines", ColumnType.WholeNumber),
            new("Date", ColumnType.Date), new("Updated (UTC)", ColumnType.Instant), new("Sent", ColumnType.YesNo),
        ];

        var book = await Read(Table(
            FileFormat.Xlsx, columns,
            [Text("0090"), Number(1234.50m), Number(0.1m), Number(3), Day(2024, 1, 31), Moment("2024-01-31T18:00:00Z"), Yes],
            [CellValue.Null, Number(-0.29m), CellValue.Null, CellValue.Null, CellValue.Null, CellValue.Null, No]));

        book.Rows[0].Select(cell => cell.Value).Should().Equal(columns.Select(column => column.Heading));
        book.Rows[0].Should().OnlyContain(cell => cell.IsBold);
        book.Rows[1].Select(cell => (cell.Kind, cell.Value, cell.Format)).Should().Equal(
            ("text", "0090", ""), ("number", "1234.5", "#,##0.00"), ("number", "0.1", "#,##0.00####"), ("number", "3", "#,##0"),
            ("number", "45322", "yyyy-mm-dd"), ("number", "45322.75", "yyyy-mm-dd hh:mm:ss"), ("yes-no", "1", ""));
        book.Rows[2].Select(cell => (cell.Kind, cell.Value)).Should().Equal(
            ("blank", ""), ("number", "-0.29"), ("blank", ""), ("blank", ""), ("blank", ""), ("blank", ""), ("yes-no", "0"));
        book.FrozenRows.Should().Be(1);
    }

    [Theory]
    [InlineData("123456789012345", "number")]
    [InlineData("1234567890123.45", "number")]
    [InlineData("1234567890123.456", "text")]
    [InlineData("79228162514264337593543950335", "text")]
    [InlineData("0.0000001", "number")]
    public async Task A_number_that_a_cell_cannot_hold_exactly_is_text(string number, string kind)
    {
        var value = decimal.Parse(number, CultureInfo.InvariantCulture);

        var cell = (await Read(Table(FileFormat.Xlsx, [new("Total", ColumnType.Money)], [Number(value)]))).Rows[1][0];

        cell.Kind.Should().Be(kind);
        decimal.Parse(cell.Value, NumberStyles.Float, CultureInfo.InvariantCulture).Should().Be(value);
    }

    [Fact]
    public async Task Dates_that_Excel_has_wrong_or_lacks_are_text()
    {
        var book = await Read(Table(
            FileFormat.Xlsx, [new("Date", ColumnType.Date)], [Day(1900, 2, 28)], [Day(1900, 3, 1)], [Day(1, 1, 1)], [Day(9999, 12, 31)]));

        book.Rows.Skip(1).Select(row => (row[0].Kind, row[0].Value)).Should().Equal(
            ("text", "1900-02-28"), ("number", "61"), ("text", "0001-01-01"), ("number", "2958465"));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("<b>&amp;</b> \"quoted\"")]
    [InlineData("two\r\nlines")]
    [InlineData("\nbetween lines\n")]
    [InlineData(" around ")]
    [InlineData("\t")]
    [InlineData("a\0b\u0001c\u001F")]
    [InlineData("_x0041_ and _x005F_x0041_")]
    [InlineData("\u202Eevil")]
    [InlineData("🧾 naïve")]
    public async Task A_text_reads_back_as_it_was_and_is_no_formula(string text)
    {
        var cell = (await Read(Texts(FileFormat.Xlsx, text))).Rows[1][0];

        (cell.Kind, cell.Value).Should().Be(("text", text));
    }

    [Fact]
    public async Task What_is_no_character_is_told_as_one_that_is_not_known_or_escaped()
    {
        var book = await Read(Texts(FileFormat.Xlsx, "a\uD800b", "\uDC00", "a\uFFFEb"));

        book.Rows.Skip(1).Select(row => row[0].Value).Should().Equal("a\uFFFDb", "\uFFFD", "a\uFFFEb");
    }

    [Fact]
    public async Task A_text_of_the_longest_that_a_cell_holds_is_written_whole()
    {
        var text = new string('&', 32_767);

        (await Read(Texts(FileFormat.Xlsx, text))).Rows[1][0].Value.Should().Be(text);
    }

    [Fact]
    public async Task Where_a_row_fails_there_is_no_whole_book()
    {
        using var to = new MemoryStream();
        var file = Texts(FileFormat.Xlsx) with
        {
            Rows = Failing(Enumerable.Range(0, 200_000).Select(i => new[] { Text(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i)))) })),
        };

        var write = () => RowFiles.Write(file, new FileChoices(), to, default);

        await write.Should().ThrowAsync<IOException>();
        to.Length.Should().BePositive();
        var open = () => new ZipArchive(to);
        open.Should().Throw<InvalidDataException>("its directory stands at its end");
    }

    private sealed record Cell(string Kind, string Value, string Format, bool IsBold);

    private sealed record Book(List<List<Cell>> Rows, int FrozenRows);

    private static async Task<Book> Read(RowsFile file)
    {
        using var zip = new ZipArchive(new MemoryStream(await Write(file)));
        var sheet = Part(zip, "xl/worksheets/sheet1.xml");
        var styles = Part(zip, "xl/styles.xml");
        var formats = styles.Descendants(Main + "numFmt").ToDictionary(f => f.Attribute("numFmtId")!.Value, f => f.Attribute("formatCode")!.Value);
        var fonts = styles.Descendants(Main + "font").ToList();
        var looks = styles.Element(Main + "cellXfs")!.Elements(Main + "xf").ToList();
        sheet.Descendants(Main + "f").Should().BeEmpty("no text is a formula");
        return new(
            [.. sheet.Descendants(Main + "row").Select(row => row.Elements(Main + "c").Select(c => Of(c, looks, fonts, formats)).ToList())],
            (int?)sheet.Descendants(Main + "pane").Single().Attribute("ySplit") ?? 0);
    }

    private static Cell Of(XElement cell, List<XElement> looks, List<XElement> fonts, Dictionary<string, string> formats)
    {
        var look = looks[(int?)cell.Attribute("s") ?? 0];
        var isBold = fonts[(int)look.Attribute("fontId")!].Element(Main + "b") is not null;
        var (kind, value) = cell.Attribute("t")?.Value switch
        {
            "inlineStr" => ("text", Unescaped(cell.Element(Main + "is")!.Value)),
            "b" => ("yes-no", cell.Element(Main + "v")!.Value),
            null or "n" => cell.Element(Main + "v") is { } v ? ("number", v.Value) : ("blank", ""),
            var other => (other, ""),
        };
        return new(kind, value, FormatOf(look.Attribute("numFmtId")!.Value, formats), isBold);
    }

    /// <summary>Those that are built in have no text of their own (ECMA-376, numFmt).</summary>
    private static string FormatOf(string id, Dictionary<string, string> formats) => id switch
    {
        "0" => "",
        "3" => "#,##0",
        "4" => "#,##0.00",
        _ => formats[id],
    };

    private static XElement Part(ZipArchive zip, string name)
    {
        using var part = zip.GetEntry(name)!.Open();
        return XDocument.Load(part, LoadOptions.PreserveWhitespace).Root!;
    }

    /// <summary>ECMA-376, ST_Xstring, as Excel reads it.</summary>
    private static string Unescaped(string text) => Escape().Replace(
        text, match => ((char)int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escape();
}
