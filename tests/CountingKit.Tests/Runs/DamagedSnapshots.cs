using CountingKit.Connections;
using CountingKit.Mirror;
using CountingKit.Runs;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

/// <summary>The rows of an earlier run are damaged: what would be compared with them can't be, and all else goes on.</summary>
public sealed class DamagedSnapshots : IAsyncLifetime
{
    private static readonly Guid Exporter = Guid.Parse("0193a000-0000-7000-8000-0000000000e0");

    private readonly SyncHouse house = new();
    private RunStarted first = null!;
    private Snapshot before = null!;

    public async Task InitializeAsync()
    {
        await house.Append(
            Connection.StreamOf(Acme),
            new OrganizationConnected(Acme, Guid.CreateVersion7(), "Acme Ltd", Guid.CreateVersion7(), []));
        house.Pages = _ => Task.FromResult(SyncHouse.Of(3));
        first = Started(null);
        before = (await house.Rows(first)).Snapshot;
        house.Pages = _ => Task.FromResult(SyncHouse.Of(3, total: 2));
    }

    public async Task DisposeAsync() => await house.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_makes_its_rows_without_their_difference(bool isDamaged)
    {
        if (isDamaged) house.Damage(before);

        var made = await house.Rows(Started(Left(before)));

        made.Snapshot.Rows.Should().Be(3);
        (made.Difference is null).Should().Be(isDamaged);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_form_of_a_replay_is_shown_without_their_difference(bool isDamaged)
    {
        var now = (await house.Rows(Started(Left(before)))).Snapshot;
        await house.Append(Run.StreamOf(first.RunId), new ExportCompleted(
            first.RunId, Exporter, before, 7, "Invoices", null, 1, 1, 1, 1, null, "layout", []));
        await house.Append(RunQueue.StreamOf(Exporter), new RunReleased(Exporter, Guid.CreateVersion7(), Left(now)));
        if (isDamaged) house.Damage(before);

        var preview = await house.PreviewReplay(first.RunId);

        preview.RowsNow.Should().Be(3);
        (preview.Difference is null).Should().Be(isDamaged);
    }

    [Fact]
    public async Task What_the_exporter_left_in_another_spreadsheet_is_not_what_a_replay_would_replace()
    {
        await house.Append(Run.StreamOf(first.RunId), new ExportCompleted(
            first.RunId, Exporter, before, 7, "Invoices", null, 1, 1, 1, 1, null, "layout", []));
        var elsewhere = Left(before) with { SpreadsheetId = "sheet-2", TabTitle = "Elsewhere" };
        await house.Append(RunQueue.StreamOf(Exporter), new RunReleased(Exporter, Guid.CreateVersion7(), elsewhere));

        var preview = await house.PreviewReplay(first.RunId);

        preview.Should().Be(new ReplayPreview("Invoices", preview.WhyNot, null, null, null));
    }

    private static RunStarted Started(LastWrite? last) => new(
        Guid.CreateVersion7(), Exporter, 1, Invoices, "sheet-1", Book, RunTrigger.Person, TimeProvider.System.GetUtcNow())
    {
        Last = last,
    };

    private static LastWrite Left(Snapshot snapshot) => new(
        Guid.CreateVersion7(), 1, snapshot, "layout", "sheet-1", 7, "Invoices", null, DateTimeOffset.UnixEpoch);
}
