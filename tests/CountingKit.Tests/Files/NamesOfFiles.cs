using System.Text;
using CountingKit.Datasets;
using CountingKit.History;

namespace CountingKit.Tests.Files;

public sealed class NamesOfFiles
{
    private const string When = "2026-11-30 1805 UTC";

    [Theory]
    [InlineData("Invoices", "Acme Ltd", "Invoices - Acme Ltd - 2026-11-30 1805 UTC.csv")]
    [InlineData("a/b\\c:d*e?f\"g<h>i|j", "Acme", "a-b-c-d-e-f-g-h-i-j - Acme - 2026-11-30 1805 UTC.csv")]
    [InlineData("../../etc/passwd", "Acme", "-..-etc-passwd - Acme - 2026-11-30 1805 UTC.csv")]
    [InlineData("con.x", "Acme", "_con.x - Acme - 2026-11-30 1805 UTC.csv")]
    [InlineData("NUL", "", "_NUL - 2026-11-30 1805 UTC.csv")]
    [InlineData("fdp\u202Exslx", "a\u0000b\r\n\tc", "fdpxslx - abc - 2026-11-30 1805 UTC.csv")]
    [InlineData("Žlutý kůň", "株式会社", "Žlutý kůň - 株式会社 - 2026-11-30 1805 UTC.csv")]
    [InlineData("...", " . ", "2026-11-30 1805 UTC.csv")]
    public void They_are_good_for_every_file_system(string exporter, string organization, string name) =>
        FileNames.Of([exporter, organization, When], FileFormat.Csv).Should().Be(name);

    [Fact]
    public void They_are_short_enough_and_cut_no_character_in_two()
    {
        var name = FileNames.Of([new string('株', 200), string.Concat(Enumerable.Repeat("🧾", 100)), When], FileFormat.Parquet);

        Encoding.UTF8.GetByteCount(name).Should().BeLessThan(255);
        name.Should().NotContain("\uFFFD").And.EndWith($"{When}.parquet");
        name.EnumerateRunes().Should().NotContain(rune => rune == Rune.ReplacementChar);
    }

    [Fact]
    public void Columns_of_one_heading_are_told_apart() => FileNames
        .Distinct([new("Total", ColumnType.Money), new("total", ColumnType.Money), new("Total (2)", ColumnType.Money)])
        .Select(column => column.Heading).Should().Equal("Total", "total (2)", "Total (2) (2)");
}
