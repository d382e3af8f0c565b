using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Testing;
using CountingKit.Testing.Postgres;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Storage;
using CountingKit.Tests.EventSourcing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CountingKit.Tests.House;

/// <summary>
/// One log that holds every name ever stored, through every projection, on both databases: a rule or a word that changes
/// shows here, although the tables stay what they were. The log is never changed, only added to.
/// </summary>
public sealed class RowsOfAFixedLog
{
    private static readonly string Log = Path.Combine(BuiltPaths.Tests, "CountingKit.Tests", "Stored", "log.jsonl");

    private static readonly string Golden = Path.Combine(
        BuiltPaths.Tests, "CountingKit.Tests", "House",
        string.Create(CultureInfo.InvariantCulture, $"rows-v{ReadDb.Version}.txt"));

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task They_are_the_ones_that_are_kept(StorageKind kind)
    {
        var rows = await Rows(kind, _ => true);
        // What is kept of a version stays: a database of it is in use somewhere, and what it does not know it has set aside.
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1" && !File.Exists(Golden))
            await File.WriteAllTextAsync(Golden, Text(rows));

        rows.Should().NotContain(row => row.StartsWith(nameof(SetAsideRow), StringComparison.Ordinal), "each event is taken in");
        File.Exists(Golden).Should().BeTrue("the rows of each version are kept: write them with UPDATE_GOLDEN=1");
        Text(rows).Should().Be(
            await File.ReadAllTextAsync(Golden),
            "also a new name needs new tables: raise ReadDb.Version, write its rows with UPDATE_GOLDEN=1, and look at what differs");
    }

    [Fact]
    public void The_log_holds_every_name_ever_stored() => Stored().Select(e => e.Type).Distinct().Should().BeEquivalentTo(
        CountingKitRegistration.Events().StoredNames, "a name that was stored once is in some log for ever");

    [Fact]
    public async Task An_event_that_is_missing_shows() =>
        (await Rows(StorageKind.Sqlite, e => e.Type != "connection-labeled.v1")).Should().NotEqual(await Rows(StorageKind.Sqlite, _ => true));

    [Fact]
    public async Task Each_row_of_organizations_is_cut_to_them()
    {
        using var folder = new TempFolder();
        await using var node = new PortalNode(folder);
        await Project(node, _ => true);
        await using var db = node.Databases.Open();
        var members = (await db.Set<ScopeRow>().Select(s => s.Id).ToListAsync()).ToDictionary(id => id, _ => new HashSet<string>());
        foreach (var member in db.Set<ScopeMemberRow>()) members[member.Scope].Add(member.ConnectionId.ToString());
        var tables = db.Model.GetEntityTypes().Where(t => t.ClrType.IsAssignableTo(typeof(IScopedRow))).ToList();

        tables.Should().HaveCountGreaterThan(4);
        foreach (var table in tables)
            foreach (var row in RowsOf(db, table).Cast<IScopedRow>())
            {
                var told = table.FindProperty("Connections")?.GetGetter().GetClrValue(row) as string;
                members.Should().ContainKey(row.Scope, "{0}", table.ClrType.Name);
                if (told is not null) members[row.Scope].Should().BeEquivalentTo(told.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
    }

    private static async Task<IReadOnlyList<string>> Rows(StorageKind kind, Func<StoredEvent, bool> isThere)
    {
        using var folder = new TempFolder();
        using var database = kind is StorageKind.Servers ? PostgresDatabase.Migrated() : null;
        await using var node = new PortalNode(folder, database: database?.ConnectionString);
        await Project(node, isThere);
        await using var db = node.Databases.Open();
        return [.. db.Model.GetEntityTypes().Where(t => t.ClrType != typeof(ReadCheckpointRow)).SelectMany(t => RowsIn(db, t)).Order(StringComparer.Ordinal)];
    }

    private static async Task Project(PortalNode node, Func<StoredEvent, bool> isThere)
    {
        var projector = node.Projector();
        await projector.Load(default);
        foreach (var batch in Stored().Where(isThere).Select(e => FedEvent.Of(e, node.Catalog)).Chunk(17))
            await projector.Apply(batch, complete: true, default);
    }

    private static IEnumerable RowsOf(ReadDb db, IEntityType table) =>
        (IEnumerable)typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(table.ClrType).Invoke(db, [])!;

    private static IEnumerable<string> RowsIn(ReadDb db, IEntityType table)
    {
        foreach (var row in RowsOf(db, table))
            yield return string.Join('|', table.GetProperties().OrderBy(p => p.Name, StringComparer.Ordinal)
                .Select(p => $"{p.Name}={Value(p.GetGetter().GetClrValue(row))}").Prepend(table.ClrType.Name));
    }

    private static string Value(object? value) => value switch
    {
        null => "–",
        DateTime at => at.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        string text => text.Replace("\n", "\\n", StringComparison.Ordinal),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Text(IEnumerable<string> rows) => string.Concat(rows.Select(row => $"{row}\n"));

    private static IEnumerable<StoredEvent> Stored()
    {
        var position = 0UL;
        foreach (var line in File.ReadLines(Log))
        {
            var json = JsonNode.Parse(line)!;
            position++;
            yield return new(
                json["id"]!.GetValue<Guid>(), json["stream"]!.GetValue<string>(), json["revision"]!.GetValue<ulong>(),
                new(position, position), json["type"]!.GetValue<string>(), json["at"]!.GetValue<DateTimeOffset>(),
                Bytes(json["data"]!), Bytes(json["metadata"]!));
        }
    }

    private static byte[] Bytes(JsonNode json) => System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
}
