using CountingKit.Adapters.Database;
using CountingKit.Audit;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;
using CountingKit.Workspaces;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CountingKit.Tests.EventSourcing;

/// <summary>Read models filled anew while pages read them.</summary>
[Trait("Speed", "Slow")]
public sealed class RebuiltReadModels : IDisposable
{
    private static readonly WorkspaceCreated Late = new(Guid.CreateVersion7(), "Late");

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task They_hold_the_same_rows_in_another_database()
    {
        await using var node = await Filled();
        var (before, build) = (await RowsOf.All(node.ReadModels.Open()), await Build(node));

        await Rebuild(node);

        (await RowsOf.All(node.ReadModels.Open())).Should().Equal(before);
        (await Build(node)).Should().NotBe(build);
        (await node.Rebuilds.Last(default))!.Events.Should().Be((await node.Log()).Count);
    }

    [Fact]
    public async Task Meanwhile_pages_show_what_happens_and_they_show_it_afterwards()
    {
        await using var node = await Filled();
        node.Store.HoldReads();
        await node.Rebuilds.Request(Guid.CreateVersion7(), default);
        await node.Store.Held;

        await node.Append("workspace-late", Late);
        await node.CatchUp();
        (await Tells(node, Late)).Should().BeTrue("the old rows go on");
        node.Store.LetGo();
        await Ended(node);

        (await Tells(node, Late)).Should().BeTrue("the new rows begin where the old ones were");
        await TellsTheLogOnce(node);
    }

    [Fact]
    public async Task Who_was_about_to_read_the_old_ones_at_the_switch_still_reads_them()
    {
        await using var node = await Filled();
        await using var command = node.ReadModels.Open();

        await Rebuild(node);
        await Rebuild(node);

        (await command.Set<SetAsideRow>().AnyAsync()).Should().BeFalse();
        (await command.Set<AuditRow>().CountAsync()).Should().Be((await node.Log()).Count);
    }

    [Fact]
    public void The_old_file_is_deleted_a_while_after_the_switch_and_none_is_made_in_its_place()
    {
        var time = new FakeTimeProvider();
        using var vault = new SqliteVaultFactory(folder["rows"]);
        vault.Migrate();
        var databases = new SqliteReadDatabases(folder["rows"], vault, time);
        using var late = databases.Open();
        databases.OpenFresh().Dispose();
        databases.Index();
        databases.Switch();
        databases.Open().Dispose();
        Directory.EnumerateFiles(folder["rows"], "read-models-*.db").Should().HaveCount(2);

        time.Advance(TimeSpan.FromSeconds(30));
        databases.Open().Dispose();

        Directory.EnumerateFiles(folder["rows"], "read-models-*.db").Should().ContainSingle();
        var read = () => late.Set<SetAsideRow>().Any();
        read.Should().Throw<SqliteException>().Which.Should().Match<SqliteException>(failed => DatabaseOutage.Is(failed));
        Directory.EnumerateFiles(folder["rows"], "read-models-*.db").Should().ContainSingle();
    }

    [Fact]
    public async Task Another_portal_follows_into_the_new_database()
    {
        await using var leader = await (await Filled()).React();
        await using var follower = await new PortalNode(folder, TimeProvider.System).Project();
        var build = await Build(follower);

        await follower.Rebuilds.Request(Guid.CreateVersion7(), default);
        await Ended(follower);

        (await Build(follower)).Should().NotBe(build).And.Be(await Build(leader));
        // The leader reacts to a whole log for the first time, each event in a transaction of its own.
        var end = (await leader.Log())[^1].Position;
        await PortalNode.Eventually(() => leader.ReadModels.CaughtUpTo(end, default));
        var late = await follower.Append("workspace-late", Late);
        (await follower.ReadModels.CaughtUpTo(late, default)).Should().BeTrue();
        (await Tells(follower, Late)).Should().BeTrue();
        follower.Store.Subscriptions.Should().Be(0);
    }

    [Fact]
    public async Task Who_projects_into_a_database_that_another_replaced_takes_up_the_new_one()
    {
        await using var hanging = new PortalNode(folder, new StoppedTime());
        await new LogOfRuns(hanging.Store, hanging.Catalog).Append(200, organizations: 2);
        await hanging.Project();
        await hanging.CatchUp();
        await using var other = await new PortalNode(folder, new HurriedTime(TimeSpan.FromSeconds(5))).Project();
        await Rebuild(other);

        await other.Append("workspace-late", Late);
        await other.CatchUp();
        await hanging.CatchUp();

        (await Tells(hanging, Late)).Should().BeTrue();
        await TellsTheLogOnce(hanging);
    }

    [Fact]
    public async Task One_whose_process_ends_is_taken_up_by_the_next()
    {
        await using var first = await Filled();
        var build = await Build(first);
        first.Store.HoldReads();
        await first.Rebuilds.Request(Guid.CreateVersion7(), default);
        await first.Store.Held;
        await using var next = await new PortalNode(folder).Project();

        await first.Stop();
        await Ended(next);

        (await Build(next)).Should().NotBe(build);
        await TellsTheLogOnce(next);
    }

    [Fact]
    public async Task A_wish_that_is_repeated_is_carried_out_once()
    {
        await using var node = await Filled();
        var wish = Guid.CreateVersion7();
        await node.Rebuilds.Request(wish, default);
        await Ended(node);
        var build = await Build(node);

        await node.Rebuilds.Request(wish, default);

        (await node.Rebuilds.Last(default))!.EndedAt.Should().NotBeNull();
        (await Build(node)).Should().Be(build);
    }

    private async Task<PortalNode> Filled()
    {
        var node = new PortalNode(folder);
        await new LogOfRuns(node.Store, node.Catalog).Append(500, organizations: 3);
        await node.Project();
        await node.CatchUp();
        return node;
    }

    private static async Task Rebuild(PortalNode node)
    {
        await node.Rebuilds.Request(Guid.CreateVersion7(), default);
        await Ended(node);
    }

    private static async Task Ended(PortalNode node)
    {
        await PortalNode.Eventually(async () => (await node.Rebuilds.Last(default))!.EndedAt is not null);
        (await node.Rebuilds.Last(default))!.Trouble.Should().BeNull();
    }

    private static async Task<Guid> Build(PortalNode node)
    {
        await using var db = node.ReadModels.Open();
        return (await db.Set<ReadCheckpointRow>().SingleAsync()).Build;
    }

    private static async Task<bool> Tells(PortalNode node, WorkspaceCreated created)
    {
        await using var db = node.ReadModels.Open();
        return await db.Set<WorkspaceRow>().AnyAsync(w => w.WorkspaceId == created.WorkspaceId);
    }

    private static async Task TellsTheLogOnce(PortalNode node)
    {
        await using var rows = node.ReadModels.Open();
        rows.Set<AuditRow>().OrderBy(r => r.Number).Select(r => r.EventId).Should()
            .Equal((await node.Log()).Select(e => e.Id));
    }
}
