using CountingKit.Datasets;

namespace CountingKit.Tests.Datasets;

public sealed class InvoiceCells
{
    private static readonly Dataset Invoices = DatasetCatalogue.Get("invoices");

    public static TheoryData<string> Columns =>
        new(Invoices.Columns.Select(column => column.Key).Where(key => key != "organization"));

    [Theory]
    [MemberData(nameof(Columns))]
    public void Every_column_reads_its_field_of_the_hand_written_invoice(string column)
    {
        var cells = new CellValue[1];

        new RecordReader([Invoices.Column(column)]).Read(HandWrittenInvoice.Json, cells, new bool[1]).Should().BeTrue();

        cells.Should().Equal(HandWrittenInvoice.Cells[column]);
    }
}
