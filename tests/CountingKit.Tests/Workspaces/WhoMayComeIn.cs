using System.Text;
using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;
using CountingKit.Testing.Storage;
using CountingKit.Tests.Database;
using CountingKit.Workspaces;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests.Workspaces;

/// <summary>Rows that stand still keep nobody in and let nobody in.</summary>
public sealed class WhoMayComeIn : IAsyncLifetime
{
    private static readonly Guid Acme = Guid.CreateVersion7();
    private static readonly Guid Olivia = Guid.CreateVersion7();
    private static readonly Guid Omar = Guid.CreateVersion7();

    private readonly TempFolder folder = new();
    private readonly DatabaseHouse house = new(StorageKind.Sqlite);
    private readonly EventCatalog catalog = CountingKitRegistration.Events();
    private EmbeddedEventStore inner = null!;
    private CountingEventStore store = null!;

    public async Task InitializeAsync()
    {
        inner = new EmbeddedEventStore(new(folder["events.db"]), TimeProvider.System);
        store = new CountingEventStore(inner);
        await Tell(
            new WorkspaceCreated(Acme, "Acme"), new MemberAdded(Acme, Olivia, Role.Owner, null),
            new MemberAdded(Acme, Omar, Role.Viewer, null));
        // What pages know, and all that they will know here.
        await using var rows = house.Read.Open();
        rows.AddRange(Row(Olivia, Role.Owner), Row(Omar, Role.Viewer));
        await rows.SaveChangesAsync();
    }

    public async Task DisposeAsync()
    {
        await inner.DisposeAsync();
        await house.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Who_was_removed_is_out_at_once_on_every_portal_though_rows_still_know_them()
    {
        var (one, other) = (Memberships(), Memberships());
        (await one.Find(Omar, null, default)).Should().NotBeNull();
        (await other.Find(Omar, Acme, default)).Should().NotBeNull();

        await Tell(new MemberRemoved(Acme, Omar));

        (await one.Find(Omar, null, default)).Should().BeNull();
        (await other.Find(Omar, Acme, default)).Should().BeNull();
        (await other.Find(Olivia, null, default))!.Value.Member.Role.Should().Be(Role.Owner);
    }

    [Fact]
    public async Task A_changed_role_and_changed_organizations_hold_at_once()
    {
        var memberships = Memberships();
        await memberships.Find(Omar, null, default);
        var connection = Guid.CreateVersion7();

        await Tell(new MemberAdded(Acme, Omar, Role.Operator, [connection]));

        var (_, member) = (await memberships.Find(Omar, null, default))!.Value;
        member.Role.Should().Be(Role.Operator);
        member.Connections.Should().Equal(connection);
    }

    [Fact]
    public async Task Whom_rows_do_not_know_yet_waits_unless_it_is_known_where_to_look()
    {
        var mary = Guid.CreateVersion7();
        await Tell(new MemberAdded(Acme, mary, Role.Viewer, null));

        (await Memberships().Find(mary, null, default)).Should().BeNull();
        (await Memberships().Find(mary, Acme, default)).Should().NotBeNull();
    }

    [Theory]
    [InlineData("workspace-renamed.v1", """{"name":"Acme & Sons"}""", true, true)]
    [InlineData("anything", "no JSON", true, true)]
    [InlineData("member-suspended.v1", """{"memberId":"omar"}""", true, false)]
    [InlineData("member-added.v9", """{"memberId":"omar","access":[]}""", true, false)]
    [InlineData("member-added.v1", """{"memberId":"omar","role":"Emperor"}""", true, false)]
    [InlineData("api-key-revoked.v1", """{"workspaceId":7}""", true, true)]
    [InlineData("member-removed.v1", "no JSON", false, false)]
    [InlineData("member-removed.v1", """{"memberId":42}""", false, false)]
    public async Task An_event_that_this_version_cannot_read_keeps_out_only_whom_it_concerns(
        string type, string data, bool olivia, bool omar)
    {
        await Store(type, data.Replace("omar", Omar.ToString(), StringComparison.Ordinal));

        var memberships = Memberships();
        (await memberships.Find(Olivia, null, default) is not null).Should().Be(olivia);
        (await memberships.Find(Omar, Acme, default) is not null).Should().Be(omar);

        await Tell(new MemberAdded(Acme, Omar, Role.Viewer, null));
        (await memberships.Find(Omar, Acme, default)).Should().NotBeNull("a later event can be read");
    }

    [Fact]
    public async Task A_look_reads_nothing_again()
    {
        var memberships = Memberships();
        await memberships.Find(Olivia, null, default);
        var before = store.Read;

        for (var i = 0; i < 20; i++) await memberships.Find(Olivia, null, default);
        await Tell(new ReadModelsRebuildRequested(Acme));
        await memberships.Find(Olivia, null, default);

        (store.Read - before).Should().Be(1);
    }

    private Memberships Memberships() => new(store, catalog, new ReadModels(
        house.Read,
        new ReactorCheckpoints(house.Vault(), new ServiceCollection().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>()),
        TimeProvider.System));

    private Task Tell(params IEvent[] events)
    {
        var id = Guid.CreateVersion7();
        var metadata = new EventMetadata(id, id, Actor.Member(Olivia), id, Acme, []);
        return inner.Append(
            Workspace.StreamOf(Acme), ExpectedRevision.Any,
            [.. events.Select(e => catalog.Serialize(e, metadata, Guid.CreateVersion7()))], default);
    }

    private Task Store(string type, string data) => inner.Append(
        Workspace.StreamOf(Acme), ExpectedRevision.Any,
        [new(Guid.CreateVersion7(), type, Encoding.UTF8.GetBytes(data), "{}"u8.ToArray())], default);

    private static MemberRow Row(Guid member, Role role) =>
        new() { WorkspaceId = Acme, MemberId = member, Role = role, Since = new(2026, 11, 1, 9, 0, 0, DateTimeKind.Utc) };
}
