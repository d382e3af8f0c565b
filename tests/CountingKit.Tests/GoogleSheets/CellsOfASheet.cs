using System.Globalization;
using CountingKit.Adapters.GoogleSheets;
using CountingKit.Datasets;
using Google.Apis.Sheets.v4.Data;
using Newtonsoft.Json;

namespace CountingKit.Tests.GoogleSheets;

public sealed class CellsOfASheet
{
    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("1234567890123.45", "1234567890123.45")]
    [InlineData("-99999999999999.9", "-99999999999999.9")]
    [InlineData("2.675", "2.675")]
    [InlineData("100.00", "100.0")]
    [InlineData("0.000000000000001", "1E-15")]
    public void A_decimal_of_up_to_15_digits_is_sent_as_it_prints(string number, string sent) =>
        JsonConvert.SerializeObject(Value(CellValue.Number(decimal.Parse(number, CultureInfo.InvariantCulture)))!.NumberValue)
            .Should().Be(sent);

    [Fact]
    public void No_cent_changes_on_the_way_through_a_double() => CsCheck.Check.Sample(
        CsCheck.Gen.Long[-999_999_999_999_999, 999_999_999_999_999],
        cents =>
        {
            var amount = cents / 100m;
            var json = JsonConvert.SerializeObject(Value(CellValue.Number(amount))!.NumberValue);
            return decimal.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture) == amount;
        });

    [Theory]
    [InlineData("0", 0)]
    [InlineData("100.00", 1)]
    [InlineData("-12.340", 4)]
    [InlineData("0.0001234", 4)]
    [InlineData("123456789012345", 15)]
    [InlineData("1234567890123.456", 16)]
    public void Digits_that_count_are_those_between_zeros(string number, int digits) =>
        Cells.SignificantDigits(decimal.Parse(number, CultureInfo.InvariantCulture)).Should().Be(digits);

    [Theory]
    [InlineData("1899-12-30", 0)]
    [InlineData("1900-03-01", 61)]
    [InlineData("2024-01-31", 45322)]
    public void A_date_is_days_since_30_December_1899(string date, int serial) =>
        Value(CellValue.Date(DateOnly.Parse(date, CultureInfo.InvariantCulture)))!.NumberValue.Should().Be(serial);

    [Fact]
    public void A_moment_is_a_serial_in_UTC() => Value(CellValue.Instant(new(2024, 1, 31, 20, 0, 0, TimeSpan.FromHours(2))))!
        .NumberValue.Should().Be(45322.75);

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+44 20 7946 0000")]
    [InlineData("0090")]
    [InlineData("<b>bold</b>")]
    [InlineData("2024-01-31T00:00:00")]
    [InlineData("🧾 naïve")]
    public void Text_is_text_and_never_a_formula(string text)
    {
        var value = Value(CellValue.Text(text))!;

        value.Should().BeEquivalentTo(new ExtendedValue { StringValue = text });
        SameCell.Row(new() { Values = [new() { UserEnteredValue = value }] }, [text]).Should().BeTrue();
    }

    [Fact]
    public void Half_a_character_is_sent_as_what_Google_will_keep() =>
        Value(CellValue.Text("a\ud83d"))!.StringValue.Should().Be("a\ufffd");

    [Fact]
    public void Reading_back_compares_type_and_value()
    {
        RowData sent = new()
        {
            Values = [.. new[] { CellValue.Text("5"), CellValue.Number(5), CellValue.YesNo(true), CellValue.Null }.Select(Cells.Data)],
        };

        SameCell.Row(sent, ["5", 5L, true]).Should().BeTrue("blank cells at the end are left out");
        SameCell.Row(sent, ["5", 5.0, true, ""]).Should().BeTrue();
        SameCell.Row(sent, [5L, 5L, true]).Should().BeFalse("a text became a number");
        SameCell.Row(sent, ["5", "5", true]).Should().BeFalse("a number became a text");
        SameCell.Row(sent, ["5", 5.01, true]).Should().BeFalse();
        SameCell.Row(sent, ["5", 5L, true, "x"]).Should().BeFalse();
        SameCell.Row(sent, ["5", 5L]).Should().BeFalse();
    }

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(701, "ZZ")]
    [InlineData(18_277, "ZZZ")]
    public void Columns_have_letters(int index, string letters) => A1.Column(index).Should().Be(letters);

    [Fact]
    public void A_cell_has_a_name() => A1.Cell(1, 27).Should().Be("AB2");

    [Theory]
    [InlineData("Bill's: *new* [2]", "Bill's: *new* [2]")]
    [InlineData(" two\nlines ", "two lines")]
    [InlineData("  ", "Data")]
    public void A_tabs_title_is_what_Google_takes(string wanted, string title) =>
        TabNames.Title(wanted, []).Should().Be(title);

    [Fact]
    public void A_long_title_leaves_room_for_its_number() =>
        TabNames.Title(new('x', 120), [new('X', 100)]).Should().Be(new string('x', 96) + " (2)");

    [Theory]
    [InlineData("invoices", "CK_Invoices_2")]
    [InlineData("bill-lines", "CK_BillLines")]
    public void A_named_range_has_a_free_name(string dataset, string name) =>
        TabNames.Range(dataset, ["ck_invoices"]).Should().Be(name);

    private static ExtendedValue? Value(CellValue value) => Cells.Value(value);
}
