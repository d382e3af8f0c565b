using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Spreadsheets;
using CountingKit.Tests.Exporters;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.Connections;

[Trait("Speed", "Slow")]
public sealed class DisconnectingAtXero(ConnectionSandbox sandbox) : IClassFixture<ConnectionSandbox>
{
    /// <summary>Appends of the worker, and so the places where it can die: five steps, the release, the end.</summary>
    public static TheoryData<int> Appends => [1, 2, 3, 4, 5, 6, 7];

    [Theory]
    [MemberData(nameof(Appends))]
    public async Task Stopped_before_any_append_it_is_taken_up_again_and_ends_once(int nth)
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connectionId = await Asked(house);
        house.Store.FailBefore(house.Store.Appends + nth);

        var stopped = () => house.Work(DisconnectWorker.WorkKind);

        await stopped.Should().ThrowAsync<EventStoreUnavailableException>();
        (await house.Work(DisconnectWorker.WorkKind)).Should().BeOfType<WorkResult.Done>();
        await EndedOnce(house, connectionId);
    }

    [Theory]
    [InlineData("DELETE /connections", "drop-before")]
    [InlineData("DELETE /connections", "drop-after")]
    [InlineData("POST .*revocation", "drop-before")]
    [InlineData("POST .*revocation", "drop-after")]
    public async Task A_call_to_Xero_without_an_answer_is_made_again(string pathPattern, string kind)
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connectionId = await Asked(house);
        await sandbox.Process.Control.AddFault(new { vendor = "xero", pathPattern, times = 100, kind });

        var interrupted = await house.Work(DisconnectWorker.WorkKind);
        await sandbox.Process.Control.ClearFaults();

        interrupted.Should().BeOfType<WorkResult.Again>();
        (await house.Work(DisconnectWorker.WorkKind)).Should().BeOfType<WorkResult.Done>();
        await EndedOnce(house, connectionId);
    }

    [Fact]
    public async Task A_sign_in_that_another_connection_uses_stays()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var other = await house.Connect(sandbox.Second);
        var ended = await Asked(house);

        await house.Work(DisconnectWorker.WorkKind);

        var tested = await house.Send(new TestConnection(Guid.CreateVersion7(), other.ConnectionId));
        tested.Code.Should().BeNull();
        await house.CatchUpAll();
        await using var rows = house.Rows();
        (await rows.Set<ConnectionTimelineRow>().Where(t => t.ConnectionId == ended).Select(t => t.Text).ToListAsync())
            .Should().Contain("Disconnected; its sign-in is deleted unless another organization uses it")
            .And.Contain("Disconnecting: its link to the sign-in is removed here");
    }

    [Fact]
    public async Task An_exporter_that_is_created_while_its_organization_is_disconnected_does_not_survive_it()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connected = await house.Connect(sandbox.First);
        var (book, account, exporterId) = (Configurations.Book, Guid.CreateVersion7(), Guid.CreateVersion7());
        await house.Happened(
            Spreadsheet.StreamOf(book), Spreadsheet.Decider,
            new SpreadsheetConnected(book, account, "sheet-1", "Books", "http://localhost/books", true));
        house.Store.RivalBefore(house.Store.Appends + 1, async _ =>
        {
            await house.CatchUp(await house.Send(
                new Disconnect(Guid.CreateVersion7(), connected.ConnectionId, connected.OrganizationName)));
            (await house.Work(DisconnectWorker.WorkKind)).Should().BeOfType<WorkResult.Done>();
        });

        await house.CatchUp(await house.Send(new CreateExporter(
            Guid.CreateVersion7(), exporterId,
            Configurations.Invoices with { ConnectionIds = [connected.ConnectionId] })));
        await house.Until(Exporter.StreamOf(exporterId), e => e is ExporterDeleted);
        await house.CatchUpAll();

        (await house.Events(Exporter.StreamOf(exporterId))).Select(e => e.GetType())
            .Should().Equal(typeof(ExporterCreated), typeof(ExporterDeleted));
        (await house.Events(SpreadsheetTabs.StreamOf("sheet-1"))).Select(e => e.GetType())
            .Should().Equal(typeof(TabClaimed), typeof(TabReleased));
    }

    [Fact]
    public async Task What_was_disconnected_can_be_connected_again()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var before = await Asked(house);
        await house.Work(DisconnectWorker.WorkKind);
        await using (var vault = house.Vault())
            await vault.Work.Where(w => w.Kind == DescribeWorker.WorkKind).ExecuteDeleteAsync();

        var again = await house.Connect(sandbox.First);

        again.ConnectionId.Should().NotBe(before);
        (await house.Send(new ListConnections())).Items.Should().ContainSingle()
            .Which.ConnectionId.Should().Be(again.ConnectionId);
    }

    private async Task<Guid> Asked(ConnectionHouse house)
    {
        var connected = await house.Connect(sandbox.First);
        var appended = await house.Send(
            new Disconnect(Guid.CreateVersion7(), connected.ConnectionId, connected.OrganizationName));
        await house.CatchUp(appended);
        return connected.ConnectionId;
    }

    private async Task EndedOnce(ConnectionHouse house, Guid connectionId)
    {
        IReadOnlyList<IEvent> expected =
        [
            new DisconnectRequested(connectionId, Guid.Parse(sandbox.First)),
            .. DisconnectSteps.All.Select(step => new DisconnectStepTaken(connectionId, step)),
            new OrganizationDisconnected(connectionId, Guid.Parse(sandbox.First)),
        ];
        var events = await house.Events(Connection.StreamOf(connectionId));
        events.Skip(1).Should().Equal(expected, "what follows the connecting happens once, in order");
        (await house.Events(Tenant.StreamOf(Guid.Parse(sandbox.First)))).Select(e => e.GetType())
            .Should().Equal(typeof(OrganizationClaimed), typeof(OrganizationReleased));
        await using var vault = house.Vault();
        (await vault.XeroTenants.AnyAsync()).Should().BeFalse();
        (await vault.XeroGrants.AnyAsync()).Should().BeFalse("nothing else used the sign-in");
        (await vault.Work.AnyAsync()).Should().BeFalse();
    }
}
