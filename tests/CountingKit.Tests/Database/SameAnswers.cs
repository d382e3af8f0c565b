using System.Text;
using CountingKit.Audit;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Testing.Storage;
using CountingKit.Tests.EventSourcing;
using CountingKit.Vault;
using CountingKit.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests.Database;

/// <summary>What the product reads from its database does not depend on which one it is.</summary>
[Trait("Speed", "Slow")]
public sealed class SameAnswers
{
    private static readonly string[] Names = ["Zebra", "apple", "Äpfel", "Apple", "éclair", "zebra", "_x", "100%", "ß", "😀"];

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Text_is_ordered_by_its_bytes(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        await Store(house, Names.Select((name, i) => Line(i + 1, name)));

        await using var db = house.Read.Open();
        var ordered = await db.Set<AuditRow>().OrderBy(r => r.TargetName).Select(r => r.TargetName).ToListAsync();

        ordered.Should().Equal(Names.OrderBy(n => Convert.ToHexString(Encoding.UTF8.GetBytes(n)), StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Ids_are_ordered_as_they_are_written(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        await Store(house, Enumerable.Range(1, 50).Select(i => Line(i, "x")));

        await using var db = house.Read.Open();
        var ordered = await db.Set<AuditRow>().OrderBy(r => r.EventId).Select(r => r.EventId).ToListAsync();

        ordered.Should().HaveCount(50).And.Equal(ordered.OrderBy(id => id.ToString(), StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(StorageKind.Sqlite, "APPLE", "Apple,apple")]
    [InlineData(StorageKind.Servers, "APPLE", "Apple,apple")]
    [InlineData(StorageKind.Sqlite, "äPFEL", "")]
    [InlineData(StorageKind.Servers, "äPFEL", "")]
    [InlineData(StorageKind.Sqlite, "Äpfel", "Äpfel")]
    [InlineData(StorageKind.Servers, "Äpfel", "Äpfel")]
    [InlineData(StorageKind.Sqlite, "0%", "100%")]
    [InlineData(StorageKind.Servers, "0%", "100%")]
    [InlineData(StorageKind.Sqlite, "_X", "_x")]
    [InlineData(StorageKind.Servers, "_X", "_x")]
    public async Task The_trail_is_searched_alike(StorageKind kind, string text, string found)
    {
        await using var house = new DatabaseHouse(kind);
        await Store(house, Names.Select((name, i) => Line(i + 1, name)));

        await using var db = house.Read.Open();
        var rows = await new AuditFilter(Text: text).Of(db.Set<AuditRow>(), []).Select(r => r.TargetName).ToListAsync();

        string.Join(',', rows.Order(StringComparer.Ordinal)).Should().Be(found);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task The_trail_is_filtered_by_type_in_either_case(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        await Store(house, [Line(1, "x")]);

        await using var db = house.Read.Open();

        (await new AuditFilter(Type: "Exporter-Changed").Of(db.Set<AuditRow>(), []).CountAsync()).Should().Be(1);
        (await new AuditFilter(Type: "exporter").Of(db.Set<AuditRow>(), []).CountAsync()).Should().Be(0);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Two_hundred_organizations_in_one_event_are_one_scope_that_choices_are_cut_by(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        Guid[] all = [.. Enumerable.Range(0, 200).Select(_ => Guid.CreateVersion7())];
        await using (var db = house.Read.Open())
        {
            foreach (var (number, connections) in new[] { (1, all), (2, all), (3, all[..1]) })
                await new AuditTrailProjection(CountingKitRegistration.Events()).Apply(Recorded(number, connections), new TrackedRows(db), default);
            await db.SaveChangesAsync();
        }

        (await Choices(house, all)).Actors.Should().HaveCount(3);
        (await Choices(house, all[..1])).Actors.Should().ContainSingle();
        await using var read = house.Read.Open();
        (await read.Set<ScopeRow>().CountAsync()).Should().Be(2);
        (await read.Set<AuditRow>().OrderBy(r => r.Number).ToListAsync()).Select(r => r.ConnectionIds().Count)
            .Should().Equal(200, 200, 1);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task A_line_may_tell_of_hundreds_of_organizations_and_hold_any_character(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        var row = Line(1, "a\0b");
        row.Connections = string.Join(' ', Enumerable.Range(0, 500).Select(_ => Guid.CreateVersion7()));
        await Store(house, [row]);

        await using var db = house.Read.Open();
        var read = await db.Set<AuditRow>().SingleAsync();

        read.ConnectionIds().Should().HaveCount(500);
        read.TargetName.Should().StartWith("a").And.EndWith("b").And.HaveLength(3);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task An_instant_comes_back_in_UTC_to_the_microsecond_whatever_zone_it_was_given_in(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        var instant = new DateTimeOffset(2026, 3, 29, 1, 59, 59, 123, 456, TimeSpan.Zero).AddTicks(7).UtcDateTime;
        await using (var db = await house.Vault().CreateDbContextAsync())
        {
            db.Leases.Add(new LeaseRow { Name = "utc", Owner = "o", Until = instant });
            db.Leases.Add(new LeaseRow { Name = "local", Owner = "o", Until = instant.ToLocalTime() });
            await db.SaveChangesAsync();
        }

        await using var again = await house.Vault(1).CreateDbContextAsync();
        foreach (var row in await again.Leases.AsNoTracking().ToListAsync())
        {
            row.Until.Kind.Should().Be(DateTimeKind.Utc);
            row.Until.Should().BeCloseTo(instant, TimeSpan.FromMicroseconds(1));
        }

        (await again.Leases.CountAsync(l => l.Until <= instant)).Should().Be(2, "what is compared is cut like what is stored");
        (await again.Leases.CountAsync(l => l.Until < instant.AddMicroseconds(-1))).Should().Be(0);
    }

    /// <summary>Each by another member.</summary>
    private static RecordedEvent Recorded(int number, IReadOnlyList<Guid> connections)
    {
        var id = Guid.CreateVersion7();
        var metadata = new EventMetadata(id, id, Actor.Member(Guid.CreateVersion7()), id, Guid.Empty, connections);
        var stored = new StoredEvent(
            id, "workspace-1", (ulong)number, new((ulong)number, (ulong)number), "workspace-created.v1",
            DateTimeOffset.UnixEpoch, "{}"u8.ToArray(), "{}"u8.ToArray());
        return new(new WorkspaceCreated(id, "One"), metadata, stored);
    }

    private static async Task<AuditChoices> Choices(DatabaseHouse house, IReadOnlyList<Guid> visible)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var readModels = new ReadModels(
            house.Read, new ReactorCheckpoints(house.Vault(), services.GetRequiredService<IServiceScopeFactory>()), TimeProvider.System);
        var requester = new CurrentRequester
        {
            Requester = new(Guid.CreateVersion7(), "system", Guid.Empty, Role.Auditor, visible.ToHashSet(), null),
        };
        return await new GetAuditChoicesHandler(readModels, new AuditPeople(house.Vault()), requester).Handle(new(), default);
    }

    private static AuditRow Line(int number, string name) => new()
    {
        Number = number, EventId = DerivedId.From(Guid.Empty, "line", number.ToString(System.Globalization.CultureInfo.InvariantCulture)), WorkspaceId = Guid.Empty, At = DateTime.UnixEpoch, Actor = "system",
        Action = "did", EventType = "exporter-changed.v1", TargetKind = "kind", TargetName = name, Connections = "",
        Stream = "s-1", After = "{}",
    };

    private static async Task Store(DatabaseHouse house, IEnumerable<AuditRow> rows)
    {
        await using var db = house.Read.Open();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }
}
