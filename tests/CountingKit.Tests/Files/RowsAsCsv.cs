using System.Text;
using CountingKit.Adapters.Files;
using CountingKit.Datasets;
using CountingKit.History;
using static CountingKit.Tests.Files.TablesForFiles;

namespace CountingKit.Tests.Files;

public sealed class RowsAsCsv
{
    [Fact]
    public async Task Every_type_reads_the_same_everywhere()
    {
        FileColumn[] columns =
        [
            new("Number", ColumnType.Text), new("Total", ColumnType.Money), new("Rate", ColumnType.Decimal), new("Lines", ColumnType.WholeNumber),
            new("Date", ColumnType.Date), new("Updated (UTC)", ColumnType.Instant), new("Sent", ColumnType.YesNo),
        ];
        var file = Table(
            FileFormat.Csv, columns,
            [Text("0090"), Number(1234.50m), Number(0.000000000000000000000000001m), Number(3), Day(2026, 2, 1), Moment("2026-02-01T03:04:05Z"), Yes],
            [CellValue.Null, Number(-5), Number(79228162514264337593543950335m), CellValue.Null, CellValue.Null, Moment("2026-02-01T03:04:05.1234567Z"), No]);

        Encoding.UTF8.GetString(await Write(file, new FileChoices(HasMark: false))).Should().Be(
            "Number,Total,Rate,Lines,Date,Updated (UTC),Sent\r\n"
            + "0090,1234.5,0.000000000000000000000000001,3,2026-02-01,2026-02-01T03:04:05Z,TRUE\r\n"
            + ",-5,79228162514264337593543950335,,,2026-02-01T03:04:05.1234567Z,FALSE\r\n");
    }

    [Theory]
    [InlineData(true, new byte[] { 0xEF, 0xBB, 0xBF, (byte)'T' })]
    [InlineData(false, new[] { (byte)'T', (byte)'e', (byte)'x', (byte)'t' })]
    public async Task It_begins_with_the_mark_of_UTF_8_if_that_is_wanted(bool hasMark, byte[] start) =>
        (await Write(Texts(FileFormat.Csv), new FileChoices(HasMark: hasMark))).Should().StartWith(start);

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1+1")]
    [InlineData("\r=1+1")]
    [InlineData("\n=1+1")]
    [InlineData("＝1+1")]
    public async Task A_text_that_would_be_a_formula_is_defused_unless_it_is_wanted_as_it_is(string text)
    {
        (await Read(new FileChoices(), text)).Should().Equal("Text", $"'{text}");
        (await Read(new FileChoices(IsDefused: false), text)).Should().Equal("Text", text);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("a, b")]
    [InlineData("say \"yes\"")]
    [InlineData("two\r\nlines")]
    [InlineData("one\nother")]
    [InlineData(" around ")]
    [InlineData("a\0b\u0001c")]
    [InlineData("\u202Eevil")]
    [InlineData("🧾 naïve")]
    [InlineData("1=1")]
    public async Task A_text_reads_back_as_it_was(string text) =>
        (await Read(new FileChoices(), text)).Should().Equal("Text", text);

    [Fact]
    public async Task A_long_text_and_half_a_character_are_written()
    {
        var text = new string('x', 40_000);

        (await Read(new FileChoices(), text, "a\uD800b")).Should().Equal("Text", text, "a\uFFFDb");
    }

    [Fact]
    public async Task Where_a_row_fails_nothing_more_is_written()
    {
        using var to = new MemoryStream();
        var rows = Enumerable.Range(0, 10_000).Select(i => new[] { Text($"row {i} of many") });
        var file = Texts(FileFormat.Csv) with { Rows = Failing(rows) };

        var write = () => RowFiles.Write(file, new FileChoices(), to, default);

        await write.Should().ThrowAsync<IOException>();
        to.Length.Should().BeInRange(64 * 1024, 210_000, "some had been sent, and the rest is not");
        Encoding.UTF8.GetString(to.ToArray()).Should().NotContain("row 9999 ");
    }

    private static async Task<List<string>> Read(FileChoices choices, params string[] texts) =>
        Parse(Encoding.UTF8.GetString(await Write(Texts(FileFormat.Csv, texts), choices)).TrimStart('\uFEFF'));

    /// <summary>RFC 4180, written anew: all fields, one after the other.</summary>
    private static List<string> Parse(string text)
    {
        var fields = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var field = new StringBuilder();
            if (text[at] == '"')
            {
                for (at++; text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"'); at++)
                {
                    field.Append(text[at]);
                    if (text[at] == '"') at++;
                }

                at++;
            }
            else
            {
                for (; at < text.Length && text[at] is not (',' or '\r'); at++) field.Append(text[at]);
            }

            fields.Add(field.ToString());
            if (at < text.Length && text[at] == ',') at++;
            else if (text.AsSpan(at).StartsWith("\r\n")) at += 2;
            else throw new InvalidDataException($"The field {field} ends with something else.");
        }

        return fields;
    }
}
