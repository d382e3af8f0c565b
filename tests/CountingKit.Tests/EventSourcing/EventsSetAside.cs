using System.Text;
using CountingKit.Audit;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;
using CountingKit.Testing.Postgres;
using CountingKit.Testing.Storage;
using CountingKit.Tests.Exporters;
using CountingKit.Workspaces;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests.EventSourcing;

/// <summary>Logs with events that somebody cannot take in: everything else goes on.</summary>
[Trait("Speed", "Slow")]
public sealed class EventsSetAside : IDisposable
{
    private readonly TempFolder folder = new();
    private PostgresDatabase? database;

    public void Dispose()
    {
        database?.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task A_second_run_of_one_id_is_missing_on_one_page_and_nothing_else_is(StorageKind kind)
    {
        await using (var first = await Node(kind).Project())
        {
            await new LogOfRuns(first.Store, first.Catalog).Append(300, organizations: 2);
            await first.CatchUp();
        }

        // Nothing is known of its rows any more: that there is such a run shows only when the row is written.
        await using var node = Node(kind);
        var queued = (await node.Log()).Last(e => e.Event is RunQueued);
        for (var i = 0; i < 3; i++)
        {
            await node.Append("workspace-before", new WorkspaceCreated(Guid.CreateVersion7(), "Before"));
            await node.Append($"exporterqueue-twice-{i}", queued.Event);
        }

        for (var i = 0; i < 20; i++)
            await node.Append("workspace-after", new WorkspaceCreated(Guid.CreateVersion7(), "After"));
        await node.Project();
        await node.CatchUp();

        (await node.SetAsideByProjections()).Should().Equal(
            Enumerable.Repeat("run list run-queued.v1 CK-STORE-07", 3));
        var (log, live) = (await node.Log(), await RowsOf.All(node.ReadModels.Open()));
        await using (var db = node.ReadModels.Open())
        {
            db.Set<AuditRow>().OrderBy(r => r.Number).Select(r => r.EventId).Should().Equal(log.Select(e => e.Id));
            db.Set<RunRow>().Count().Should().Be(log.Select(e => e.Event).OfType<RunQueued>().DistinctBy(e => e.RunId).Count());
            db.Set<WorkspaceRow>().Count(w => w.Name == "Before").Should().Be(3);
        }

        await node.Rebuild();
        (await RowsOf.All(node.ReadModels.Open())).Should().Equal(live, "it is the same log");
    }

    [Fact]
    public async Task Of_two_exporters_whose_runs_have_one_id_the_first_ones_organization_keeps_it()
    {
        await using (var first = await Node(StorageKind.Sqlite).Project())
        {
            await new LogOfRuns(first.Store, first.Catalog).Append(300, organizations: 2);
            await first.CatchUp();
        }

        await using var node = Node(StorageKind.Sqlite);
        var queued = (RunQueued)(await node.Log()).Last(e => e.Event is RunQueued).Event;
        var others = queued with
        {
            ExporterId = Guid.CreateVersion7(),
            Configuration = queued.Configuration with { ConnectionIds = [Guid.CreateVersion7()] },
        };
        await node.Append("exporterqueue-others", others);
        await node.Project();
        await node.CatchUp();

        await using var db = node.ReadModels.Open();
        db.Set<OwnershipRow>().Single(row => row.Kind == OwnedKind.Run && row.Id == queued.RunId).ConnectionIds
            .Should().Equal(queued.Configuration.ConnectionIds, "its rows are shown on the run's page");
    }

    [Fact]
    public async Task What_a_projection_had_done_for_the_event_that_it_fails_on_is_undone_alone()
    {
        var fails = new Renames { Fails = true };
        await using var node = new PortalNode(folder, null, services => services.AddSingleton<IProjection>(fails));
        var ids = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var (id, name) in ids.Zip(["One", "Two", "Three"]))
            await node.Append($"workspace-{name}", new WorkspaceCreated(id, name));

        await node.Project();
        await node.CatchUp();

        (await Names(node)).Should().Equal("One, seen", "Three, seen", "Two");
        (await node.SetAsideByProjections()).Should().Equal("renames workspace-created.v1 CK-STORE-07");
        fails.Fails = false;
        await node.Rebuild();
        (await Names(node)).Should().Equal("One, seen", "Three, seen", "Two, seen", "made of Two");
        (await node.SetAsideByProjections()).Should().BeEmpty();
    }

    [Fact]
    public async Task Of_two_that_make_a_row_of_one_key_the_second_is_set_aside()
    {
        await using var node = new PortalNode(
            folder, null, services => services.AddSingleton<IProjection>(new SameKey()).AddSingleton<IProjection>(new SameKey()));
        await node.Append("workspace-1", new WorkspaceCreated(Guid.CreateVersion7(), "One"));
        await node.Append("workspace-2", new WorkspaceCreated(Guid.CreateVersion7(), "Two"));

        await node.Project();
        await node.CatchUp();

        (await Names(node)).Should().Equal("One", "Two", "of One", "of Two");
        (await node.SetAsideByProjections()).Should().Equal(Enumerable.Repeat("same key workspace-created.v1 CK-STORE-07", 2));
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Events_of_an_unknown_kind_are_named_and_what_knows_them_catches_up(StorageKind kind)
    {
        var exporter = Guid.CreateVersion7();
        await using (var older = Node(kind, services => services.AddSingleton(new EventCatalog().AddWorkspaceEvents())))
        await using (var writer = Node(kind))
        {
            await writer.Append("tab-books", new TabClaimed("books", "Invoices", exporter, Configurations.Invoices));
            await writer.Append("workspace-1", new WorkspaceCreated(Guid.CreateVersion7(), "One"));
            await (await older.Project()).React();
            await older.CatchUp();
            var end = (await older.Feed())[^1].Position;
            await PortalNode.Eventually(async () => (await older.Places()).Values.All(place => place.Done == end));

            (await older.SetAsideByProjections()).Should().Equal(" tab-claimed.v1 CK-STORE-05");
            (await older.SetAsideByReactors()).Should().BeEquivalentTo(
                (await older.Places()).Keys.Select(reactor => $"{reactor} tab-claimed.v1 CK-STORE-05"));
            (await Names(older)).Should().Equal("One");
        }

        await using var newer = await (await Node(kind).Project()).React();
        await newer.Rebuild();
        await PortalNode.Eventually(async () => (await newer.SetAsideByReactors()).Count == 0);
        await newer.CatchUp();

        (await newer.SetAsideByProjections()).Should().BeEmpty();
        await using var rows = newer.ReadModels.Open();
        (await rows.FindAsync<ExporterRow>(exporter)).Should().NotBeNull("the reactor acted on what it knows now");
    }

    [Fact]
    public async Task A_stored_event_that_cannot_be_read_is_set_aside_whatever_is_wrong_with_it()
    {
        await using var node = new PortalNode(folder);
        foreach (var (type, data, metadata) in new[]
        {
            ("foreign", "\xff", ""), ("workspace-created.v1", "{}", "{}"), ("workspace-created.v1", "null", "null"),
            ("workspace-created.v1", """{"workspaceId":"no","name":"X"}""", "{}"),
        })
            await node.Store.Append(
                "foreign-1", ExpectedRevision.Any, [new(Guid.CreateVersion7(), type, Encoding.Latin1.GetBytes(data), Encoding.UTF8.GetBytes(metadata))], default);
        await node.Append("workspace-1", new WorkspaceCreated(Guid.CreateVersion7(), "One"));

        await node.Project();
        await node.CatchUp();

        (await node.SetAsideByProjections()).Should().BeEquivalentTo([
            " foreign CK-STORE-05", .. Enumerable.Repeat(" workspace-created.v1 CK-STORE-06", 3)]);
        (await Names(node)).Should().Equal("One");
    }

    [Fact]
    public async Task A_command_that_meets_an_unknown_event_in_its_stream_is_refused_and_only_that()
    {
        await using var node = new PortalNode(folder);
        var (broken, sound) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await node.Append(Workspace.StreamOf(broken), new WorkspaceCreated(broken, "Broken"));
        await node.Store.Append(
            Workspace.StreamOf(broken), ExpectedRevision.Any, [new(Guid.CreateVersion7(), "workspace-renamed.v9", "{}"u8.ToArray(), "{}"u8.ToArray())], default);

        var meets = () => node.Transact(Workspace.StreamOf(broken), Workspace.Decider, s => Workspace.RebuildReadModels(s, broken));
        var refused = (await meets.Should().ThrowAsync<RefusedException>()).Which;
        await node.Transact(Workspace.StreamOf(sound), Workspace.Decider, s => Workspace.Create(s, sound, "Sound", sound));

        refused.Code.Should().Be("CK-STORE-05");
        refused.Message.Should().Contain("workspace-renamed.v9").And.Contain(Workspace.StreamOf(broken));
    }

    private PortalNode Node(StorageKind kind, Action<IServiceCollection>? also = null)
    {
        if (kind is StorageKind.Servers) database ??= PostgresDatabase.Migrated();
        return new(folder, null, also, database?.ConnectionString);
    }

    private static async Task<IReadOnlyList<string>> Names(PortalNode node)
    {
        await using var db = node.ReadModels.Open();
        return [.. db.Set<WorkspaceRow>().Select(w => w.Name).AsEnumerable().Order(StringComparer.Ordinal)];
    }

    /// <summary>Changes and adds rows, and fails on one event after that.</summary>
    private sealed class Renames : IProjection
    {
        public bool Fails { get; set; }

        public async Task Apply(RecordedEvent recorded, IRows rows, CancellationToken ct)
        {
            if (recorded.Event is not WorkspaceCreated e) return;
            (await rows.Find<WorkspaceRow>([e.WorkspaceId], ct))!.Name += ", seen";
            if (e.Name != "Two") return;
            rows.Add(new WorkspaceRow { WorkspaceId = recorded.Id, Name = "made of Two" });
            (await rows.Find<WorkspaceRow>([recorded.Id], ct))!.Name.Should().StartWith("made");
            if (Fails) throw new InvalidOperationException("It fails.");
        }
    }

    /// <summary>Makes a row of a key that a twin takes too.</summary>
    private sealed class SameKey : IProjection
    {
        public Task Apply(RecordedEvent recorded, IRows rows, CancellationToken ct)
        {
            if (recorded.Event is WorkspaceCreated e) rows.Add(new WorkspaceRow { WorkspaceId = recorded.Id, Name = $"of {e.Name}" });
            return Task.CompletedTask;
        }
    }
}
