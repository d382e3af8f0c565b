using CountingKit.Datasets;
using CountingKit.Exporters;
using CountingKit.Mirror;

namespace CountingKit.Tests.Runs;

/// <summary>A snapshot keeps what Xero sent; a sheet says it in Xero's words.</summary>
public sealed class RowWordings
{
    private static readonly Dataset Invoices = DatasetCatalogue.Get("invoices");

    [Theory]
    [InlineData("AUTHORISED", "Awaiting Payment")]
    [InlineData("SUBMITTED", "Awaiting Approval")]
    [InlineData("PAID", "Paid")]
    [InlineData("VOIDED", "Voided")]
    [InlineData("A STATUS OF TOMORROW", "A STATUS OF TOMORROW")]
    public async Task A_status_reads_as_on_Xeros_pages(string kept, string read) =>
        (await Read([new("status", ColumnType.Text)], null, CellValue.Text(kept))).Should().Be(CellValue.Text(read));

    [Fact]
    public async Task Only_the_status_is_a_status() =>
        (await Read([new("reference", ColumnType.Text)], "!abc", CellValue.Text("PAID"))).Should().Be(CellValue.Text("PAID"));

    [Theory]
    [InlineData("!Xy-9", "https://go.xero.com/organisationlogin/default.aspx?shortcode=!Xy-9&redirecturl=/AccountsReceivable/View.aspx?InvoiceID=7")]
    [InlineData(null, "https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID=7")]
    [InlineData("&x=1#", "https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID=7")]
    public async Task A_link_opens_the_organization_that_the_record_is_of(string? shortCode, string read) =>
        (await Read([new("recordLink", ColumnType.Text)], shortCode,
            CellValue.Text("https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID=7"))).Should().Be(CellValue.Text(read));

    [Fact]
    public async Task A_blank_cell_stays_blank() =>
        (await Read([new("status", ColumnType.Text)], null, CellValue.Null)).IsNull.Should().BeTrue();

    [Fact]
    public void A_tab_is_written_again_when_only_the_words_for_its_rows_changed()
    {
        SnapshotColumn[] both = [new("status", ColumnType.Text), new("recordLink", ColumnType.Text)];

        new RowWording(Invoices, both, "!new").Name.Should().NotBe(new RowWording(Invoices, both, "!old").Name);
        new RowWording(Invoices, both[..1], "!new").Name.Should().Be(new RowWording(Invoices, both[..1], null).Name);
        new RowWording(Invoices, [new("total", ColumnType.Money)], "!new").Name.Should().BeEmpty();
    }

    private static async Task<CellValue> Read(SnapshotColumn[] columns, string? shortCode, CellValue cell)
    {
        await foreach (var row in new RowWording(Invoices, columns, shortCode).Of(
            new[] { new[] { cell } }.ToAsyncEnumerable(), default)) return row[0];
        throw new InvalidOperationException("No row came.");
    }
}
