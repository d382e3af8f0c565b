using CountingKit.Audit;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Storage;
using CountingKit.Tests.Database;
using CountingKit.Tests.EventSourcing;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.Workspaces;

/// <summary>Who may see some organizations sees no line of the trail that tells of another.</summary>
public sealed class EachEventTellsWhomItTouches
{
    private static readonly EventCatalog Catalog = CountingKitRegistration.Events();

    /// <summary>What an event says of something that belongs to organizations.</summary>
    private static readonly string[] Tells =
        ["ConnectionId", "ConnectionIds", "Connections", "Configuration", "ExporterId", "RunId", "AccountId", "SpreadsheetKey", "TenantId"];

    public static TheoryData<string> Names =>
        [.. Catalog.StoredNames.Where(name => Catalog.NameOf(Sample(name)) == name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_names_what_it_touches_or_says_that_it_touches_none(string name)
    {
        var type = Sample(name).GetType();

        OrganizationsOf.Event(type).Should().Be(
            type.GetProperties().Any(p => Tells.Contains(p.Name)) ? Organizations.Named : Organizations.None,
            "silence is no answer; none is one");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Its_line_in_the_trail_is_cut_to_them_whatever_whoever_appended_it_knew(string name)
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        await using var db = house.Read.Open();
        var (known, owner, @event) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Sample(name));
        var expected = new HashSet<Guid> { known };
        foreach (var (kind, id) in Ownership.Touched(@event))
            if (kind is OwnedKind.Connection) expected.Add(id);
            else
            {
                db.Add(new OwnershipRow { Kind = kind, Id = id, Connections = owner.ToString() });
                expected.Add(owner);
            }

        if (@event is IOwnershipEvent owning) expected.UnionWith(owning.Owned().Connections);
        await new AuditTrailProjection(Catalog).Apply(Recorded(@event, known), new TrackedRows(db), default);
        await db.SaveChangesAsync();

        var line = await db.Set<AuditRow>().SingleAsync();
        line.ConnectionIds().Should().BeEquivalentTo(expected);
        (await db.Set<ScopeMemberRow>().Where(m => m.Scope == line.Scope).Select(m => m.ConnectionId).ToListAsync())
            .Should().BeEquivalentTo(expected);
        (expected.Count > 1).Should().Be(
            OrganizationsOf.Event(@event.GetType()) == Organizations.Named && !BelongsToNone(@event));
    }

    /// <summary>A new account or spreadsheet is anybody's until something writes there.</summary>
    private static bool BelongsToNone(IEvent @event) =>
        @event is IOwnershipEvent owning && owning.Owned().Kind is OwnedKind.GoogleAccount or OwnedKind.Spreadsheet;

    private static RecordedEvent Recorded(IEvent @event, Guid known)
    {
        var metadata = new EventMetadata(known, known, Actor.System, known, known, [known]);
        var data = Catalog.Serialize(@event, metadata, Guid.CreateVersion7());
        return new(@event, metadata, new(
            data.Id, "any-1", 0, new(1, 1), data.Type, DateTimeOffset.UnixEpoch, data.Data, data.Metadata));
    }

    private static IEvent Sample(string name) => Catalog.Read(
        name, File.ReadAllBytes(Path.Combine(BuiltPaths.Tests, "CountingKit.Tests", "Stored", $"{name}.json")));
}
