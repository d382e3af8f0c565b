using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Runs;
using CountingKit.Testing;
using CountingKit.Tests.Exporters;
using CountingKit.Workspaces;
using Microsoft.Data.Sqlite;

namespace CountingKit.Tests.EventSourcing;

/// <summary>Several portals over one vault, one set of read models and one log.</summary>
[Trait("Speed", "Slow")]
public sealed class SeveralPortals : IDisposable
{
    private static readonly Guid Exporter = Guid.CreateVersion7();

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task One_projects_and_the_other_takes_over_as_soon_as_it_is_told_to_stop()
    {
        await using var first = await new PortalNode(folder).Project();
        await first.Append("workspace-1", new WorkspaceCreated(Guid.CreateVersion7(), "One"));
        await first.CatchUp();
        await using var second = await new PortalNode(folder).Project();
        await second.CatchUp();
        await second.Append("workspace-2", new WorkspaceCreated(Guid.CreateVersion7(), "Two"));
        await second.CatchUp();
        second.Store.Subscriptions.Should().Be(0, "the first one does it");

        await first.Stop();
        await second.Append("workspace-3", new WorkspaceCreated(Guid.CreateVersion7(), "Three"));
        await second.CatchUp();

        second.Store.Subscriptions.Should().Be(1);
        first.Store.Subscriptions.Should().Be(1);
        await TellsTheLogOnce(second);
    }

    [Fact]
    public async Task Where_one_hangs_another_takes_over_when_the_lease_has_run_out()
    {
        await using var hanging = await new PortalNode(folder, new StoppedTime()).Project();
        await hanging.Append("workspace-1", new WorkspaceCreated(Guid.CreateVersion7(), "One"));
        await hanging.CatchUp();
        await using var other = await new PortalNode(folder, new HurriedTime(TimeSpan.FromSeconds(5))).Project();
        await PortalNode.Eventually(() => Task.FromResult(other.Store.Subscriptions > 0));

        // Both believe that it is theirs to project now.
        for (var i = 2; i <= Scale.Of(30, 1000); i++)
            await other.Append($"workspace-{i}", new WorkspaceCreated(Guid.CreateVersion7(), "Another"));
        await other.CatchUp();

        await TellsTheLogOnce(other);
    }

    [Fact]
    public async Task What_a_page_has_done_is_there_for_it_although_another_portal_projects_and_reacts()
    {
        await using var leader = await (await new PortalNode(folder).Project()).React();
        await leader.Append("workspace-1", new WorkspaceCreated(Guid.CreateVersion7(), "One"));
        await leader.CatchUp();
        await using var follower = await (await new PortalNode(folder, TimeProvider.System).Project()).React();

        var claimed = await follower.Append("tab-books", new TabClaimed("books", "Invoices", Exporter, Configurations.Invoices));
        var told = await follower.ReadModels.CaughtUpTo(claimed, default);

        told.Should().BeTrue();
        await using var rows = follower.ReadModels.Open();
        (await rows.FindAsync<ExporterRow>(Exporter)).Should().NotBeNull("the reactor opened it because of what was done");
        follower.Store.Subscriptions.Should().Be(0, "the leader did it");
    }

    [Fact]
    public async Task A_portal_that_starts_into_work_that_is_done_knows_it()
    {
        await using var leader = await (await new PortalNode(folder).Project()).React();
        var claimed = await leader.Append("tab-books", new TabClaimed("books", "Invoices", Exporter, Configurations.Invoices));
        await PortalNode.Eventually(() => leader.ReadModels.CaughtUpTo(claimed, default));
        await leader.Stop();

        await using var later = new PortalNode(folder, TimeProvider.System);

        (await later.ReadModels.CaughtUpTo(claimed, default)).Should().BeTrue();
        later.ReadModels.IsComplete.Should().BeTrue();
    }

    [Fact]
    public async Task A_follower_that_met_an_outage_says_so_no_longer_once_it_is_over()
    {
        await using var leader = await new PortalNode(folder).Project();
        await leader.Append("workspace-1", new WorkspaceCreated(Guid.CreateVersion7(), "One"));
        await leader.CatchUp();
        await using var follower = await new PortalNode(folder).Project();
        await PortalNode.Eventually(() => Task.FromResult(follower.ReadModels.IsComplete));
        var vault = folder["data/vault.db"];
        using (var gone = new SqliteConnection($"Data Source={vault};Pooling=False"))
        {
            gone.Open();
            Execute(gone, "ALTER TABLE Leases RENAME TO Away");
            await PortalNode.Eventually(() => Task.FromResult(follower.ReadModels.Trouble is not null));
            Execute(gone, "ALTER TABLE Away RENAME TO Leases");
        }

        await PortalNode.Eventually(() => Task.FromResult(follower.ReadModels.Trouble is null));
        await PortalNode.Eventually(() => Task.FromResult(leader.ReadModels.Trouble is null));
    }

    [Fact]
    public async Task A_batch_of_who_was_overtaken_is_refused_as_a_whole()
    {
        await using var node = new PortalNode(folder);
        foreach (var number in Enumerable.Range(1, 6))
            await node.Append($"workspace-{number}", new WorkspaceCreated(Guid.CreateVersion7(), $"{number}"));
        var log = await node.Feed();
        var (slow, quick) = (node.Projector(), node.Projector());
        await slow.Load(default);
        await slow.Apply([log[0]], complete: false, default);
        await quick.Load(default);
        await quick.Apply([log[1], log[2]], complete: true, default);
        var before = await RowsOf.All(node.Databases.Open());

        await slow.Awaiting(p => p.Apply([.. log.Skip(1)], complete: true, default))
            .Should().ThrowAsync<OvertakenProjectorException>();

        (await RowsOf.All(node.Databases.Open())).Should().Equal(before);
        await slow.Load(default);
        await slow.Apply(log, complete: true, default);
        await TellsTheLogOnce(node);
    }

    [Fact]
    public async Task Of_two_that_begin_an_empty_database_one_is_refused()
    {
        await using var node = new PortalNode(folder);
        await node.Append("workspace-1", new WorkspaceCreated(Guid.CreateVersion7(), "One"));
        var log = await node.Feed();
        var (one, other) = (node.Projector(), node.Projector());
        await one.Load(default);
        await other.Load(default);
        await one.Apply(log, complete: true, default);

        await other.Awaiting(p => p.Apply(log, complete: true, default)).Should().ThrowAsync<OvertakenProjectorException>();

        await TellsTheLogOnce(node);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task TellsTheLogOnce(PortalNode node)
    {
        await using var rows = node.ReadModels.Open();
        rows.Set<Audit.AuditRow>().OrderBy(r => r.Number).Select(r => r.EventId).Should()
            .Equal((await node.Log()).Select(e => e.Id));
    }
}
