using CountingKit.Exporters;
using CountingKit.Runs;
using CountingKit.Tests.Connections;
using CountingKit.Tests.Exporters;

namespace CountingKit.Tests.Runs;

[Trait("Speed", "Slow")]
public sealed class UnreadableRecords(ConnectionSandbox sandbox) : IClassFixture<ConnectionSandbox>
{
    private const string Id = "046d8a6d-1ae1-4b4d-9340-5601bdf41b87";

    [Theory]
    [InlineData("DueDate", "soon", "Due Date")]
    [InlineData("Total", "much", "Total")]
    public async Task A_value_that_can_not_be_read_is_a_blank_cell_and_a_warning_that_names_record_and_field(
        string field, string value, string heading)
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connected = await house.Connect(sandbox.First);
        var invoice = new Dictionary<string, object>
        {
            ["InvoiceID"] = Id, ["InvoiceNumber"] = "INV-7", ["Type"] = "ACCREC", [field] = value,
        };
        await sandbox.Process.Control.AddFault(new
        {
            vendor = "xero", pathPattern = "api.xro/2.0/Invoices", kind = "status", status = 200,
            body = new Dictionary<string, object> { ["pagination"] = new { pageCount = 1 }, ["Invoices"] = new[] { invoice } },
        });
        var configuration = Configurations.Invoices with
        {
            ConnectionIds = [connected.ConnectionId],
            Columns = [new("invoiceNumber"), new("dueDate"), new("total"), new("invoiceId")],
        };

        var run = await house.CarryOut(configuration);
        var made = run.OfType<SnapshotMade>().Should().ContainSingle().Subject;
        var again = (await house.CarryOut(configuration, replayOf: made.RunId)).OfType<SnapshotMade>().Single();
        var preview = await house.Send(new PreviewExporter(configuration));

        made.Snapshot.Rows.Should().Be(1);
        var warning = MissingValues.Of(made).Should().ContainSingle().Subject;
        warning.Code.Should().Be("CK-XERO-DATA-02");
        warning.Message.Should().Contain("INV-7").And.Contain(Id).And.Contain(heading).And.NotContain(value);
        preview.Rows.Should().ContainSingle();
        MissingValues.Of(again).Should().Equal([warning], "the sheet lacks it again after a replay");
    }
}
