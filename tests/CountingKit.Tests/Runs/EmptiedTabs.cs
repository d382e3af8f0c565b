using CountingKit.Connections;
using CountingKit.Exporters;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Tests.GoogleSheets;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

/// <summary>A tab of thirty rows, before a run that finds none any more.</summary>
public sealed class EmptiedTabs(SharedSandbox sandbox) : IClassFixture<SharedSandbox>, IAsyncLifetime
{
    private const int Rows = 30;

    private readonly SyncHouse house = new();
    private SandboxedSheets google = null!;
    private RunStarted next = null!;
    private Snapshot empty = null!;

    public async Task InitializeAsync()
    {
        google = await SandboxedSheets.Start(sandbox.Process);
        var now = TimeProvider.System.GetUtcNow();
        var first = new RunStarted(
            Guid.CreateVersion7(), Guid.CreateVersion7(), 1, Invoices, google.FileId, Writes.Account, RunTrigger.Person, now);
        house.Pages = reading => Task.FromResult(SyncHouse.Of(reading == 1 ? Rows : 0));
        await house.Append(
            Connection.StreamOf(Acme), new OrganizationConnected(Acme, Guid.CreateVersion7(), "Acme Ltd", Guid.CreateVersion7(), []));
        await house.Rows(first);
        var written = (ExportCompleted)(await house.Write(first, google.Sheets)).End!;
        // All is read again, so that what is gone shows.
        await house.SetReadAt(now.AddDays(-8).UtcDateTime);
        next = first with
        {
            RunId = Guid.CreateVersion7(),
            Last = new LastWrite(
                first.RunId, 1, written.Snapshot, written.Layout, google.FileId, written.SheetId, written.TabTitle,
                written.FileVersion, now),
        };
        empty = (await house.Rows(next)).Snapshot;
    }

    public async Task DisposeAsync()
    {
        await google.DisposeAsync();
        await house.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_has_looked_so_it_stops_and_the_rows_stay()
    {
        var (end, _) = await house.Write(next, google.Sheets);

        end.Should().BeOfType<RunFailed>().Which.Code.Should().Be("CK-RUN-07");
        (await google.Cell(next.Last!.SheetId, Rows, 0)).Should().NotBeNull();
    }

    [Fact]
    public async Task Who_has_looked_has_it_emptied_and_is_told()
    {
        var (end, _) = await house.Write(await After("CK-RUN-07"), google.Sheets);

        var written = end.Should().BeOfType<ExportCompleted>().Subject;
        written.SheetId.Should().Be(next.Last!.SheetId);
        written.Warnings.Select(warning => warning.Code).Should().Contain("CK-RUN-35");
        (await google.Cell(written.SheetId, Rows, 0)).Should().BeNull();
    }

    [Fact]
    public async Task Whose_own_change_empties_it_is_told_why_and_what_to_do()
    {
        var changed = next with { RunId = Guid.CreateVersion7(), ConfigurationVersion = next.ConfigurationVersion + 1 };
        await house.Rows(changed);

        var (end, _) = await house.Write(changed, google.Sheets);

        end.Should().BeOfType<ExportCompleted>().Which.Warnings.Should().ContainSingle(warning => warning.Code == "CK-RUN-08")
            .Which.Message.Should().Contain("30 of 30 rows").And.Contain("The exporter was changed").And.Contain("change its filters");
    }

    [Fact]
    public async Task A_change_that_takes_no_row_away_empties_nothing_unasked()
    {
        var (end, _) = await house.Write(
            await Changed(Invoices with { Name = "Sales", TabTitle = "Sales", Columns = [.. Invoices.Columns.Skip(1)] }), google.Sheets);

        end.Should().BeOfType<RunFailed>().Which.Code.Should().Be("CK-RUN-07");
        (await google.Cell(next.Last!.SheetId, Rows, 0)).Should().NotBeNull();
    }

    [Fact]
    public async Task Whose_filter_leaves_nothing_has_it_emptied_and_is_told_why()
    {
        var (end, _) = await house.Write(await Changed(Invoices with { Statuses = ["PAID"] }), google.Sheets);

        end.Should().BeOfType<ExportCompleted>().Which.Warnings.Should().ContainSingle(warning => warning.Code == "CK-RUN-08")
            .Which.Message.Should().Contain("The exporter was changed");
    }

    [Fact]
    public async Task Who_wants_a_new_tab_empties_nothing()
    {
        var (end, _) = await house.Write(await After("CK-SHEET-07"), google.Sheets);

        var written = end.Should().BeOfType<ExportCompleted>().Subject;
        written.SheetId.Should().NotBe(next.Last!.SheetId);
        written.Warnings.Select(warning => warning.Code).Should().NotContain("CK-RUN-35").And.NotContain("CK-RUN-08");
        (await google.Cell(next.Last.SheetId, Rows, 0)).Should().NotBeNull("the old tab stays as it is");
    }

    /// <summary>The next run of the exporter after such a change, with what chose the rows of its last write.</summary>
    private async Task<RunStarted> Changed(ExporterConfiguration configuration)
    {
        var changed = next with
        {
            RunId = Guid.CreateVersion7(), Configuration = configuration, ConfigurationVersion = next.ConfigurationVersion + 1,
            Last = next.Last! with { Selection = Invoices.Selection() },
        };
        await house.Rows(changed);
        return changed;
    }

    /// <summary>The run that a person starts who has looked at what stopped the one before.</summary>
    private async Task<RunStarted> After(string code)
    {
        var again = next with { RunId = Guid.CreateVersion7(), LookedAt = new LookedAt(next.RunId, code, empty.Hash) };
        (await house.Rows(again)).Snapshot.Hash.Should().Be(empty.Hash);
        return again;
    }
}
