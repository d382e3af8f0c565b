using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Runs;
using CountingKit.Tests.Connections;
using CountingKit.Tests.Exporters;

namespace CountingKit.Tests.Runs;

public sealed class UnreadableRecords(ConnectionSandbox sandbox) : IClassFixture<ConnectionSandbox>
{
    private const string Id = "046d8a6d-1ae1-4b4d-9340-5601bdf41b87";

    [Theory]
    [InlineData("DueDate", "soon")]
    [InlineData("Total", "much")]
    public async Task A_value_that_can_not_be_read_ends_the_run_at_once_and_names_record_and_field(string field, string value)
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connected = await house.Connect(sandbox.First);
        var invoice = new Dictionary<string, object> { ["InvoiceID"] = Id, ["Type"] = "ACCREC", [field] = value };
        await sandbox.Process.Control.AddFault(new
        {
            vendor = "xero", pathPattern = "api.xro/2.0/Invoices", kind = "status", status = 200,
            body = new Dictionary<string, object> { ["pagination"] = new { pageCount = 1 }, ["Invoices"] = new[] { invoice } },
        });
        var configuration = Configurations.Invoices with { ConnectionIds = [connected.ConnectionId] };

        var failed = (await house.CarryOut(configuration)).OfType<RunFailed>().Should().ContainSingle().Subject;
        var preview = () => house.Send(new PreviewExporter(configuration));

        failed.Code.Should().Be("CK-XERO-DATA-02");
        failed.Message.Should().Contain(Id).And.Contain(field).And.NotContain(value);
        (await preview.Should().ThrowAsync<RefusedException>()).Which.Should().Match<RefusedException>(
            refused => refused.Code == failed.Code && refused.Message == failed.Message);
    }
}
