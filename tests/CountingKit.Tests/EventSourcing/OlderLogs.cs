using CountingKit.Audit;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;
using CountingKit.Testing.Postgres;
using CountingKit.Testing.Storage;
using CountingKit.Workspaces;
using Microsoft.Data.Sqlite;

namespace CountingKit.Tests.EventSourcing;

/// <summary>A log is put back from an older backup: what pages show told events that it does not hold.</summary>
[Trait("Speed", "Slow")]
public sealed class OlderLogs : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly PostgresDatabase database = PostgresDatabase.Migrated();

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite, 0)]
    [InlineData(StorageKind.Sqlite, 3)]
    [InlineData(StorageKind.Sqlite, 9)]
    [InlineData(StorageKind.Servers, 0)]
    [InlineData(StorageKind.Servers, 9)]
    public async Task Pages_are_filled_anew_whether_it_is_shorter_still_or_went_on_otherwise(StorageKind kind, int since)
    {
        await using (var node = Node(kind))
        {
            await new LogOfRuns(node.Store, node.Catalog).Append(100, organizations: 2);
            SqliteConnection.ClearAllPools();
        }

        Copy("events.db", "backup.db");
        await using (var node = await Node(kind).Project())
        {
            await Append(node, 6);
            await node.CatchUp();
        }

        SqliteConnection.ClearAllPools();
        Copy("backup.db", "events.db");
        await using var restored = Node(kind);
        await Append(restored, since);
        await restored.Project();

        var log = await restored.Log();
        await PortalNode.Eventually(async () =>
        {
            await restored.ReadModels.Look(default);
            await using var rows = restored.ReadModels.Open();
            return rows.Set<AuditRow>().OrderBy(r => r.Number).Select(r => r.EventId).ToList()
                .SequenceEqual(log.Select(e => e.Id));
        });
        await PortalNode.Eventually(() => Task.FromResult(restored.ReadModels.IsComplete));
        restored.ReadModels.Trouble.Should().BeNull();
    }

    private PortalNode Node(StorageKind kind) =>
        new(folder, database: kind is StorageKind.Servers ? database.ConnectionString : null);

    private static async Task Append(PortalNode node, int events)
    {
        for (var i = 0; i < events; i++)
            await node.Append($"workspace-{i}", new WorkspaceCreated(Guid.CreateVersion7(), $"Number {i}"));
    }

    private void Copy(string from, string to)
    {
        foreach (var part in new[] { "", "-wal", "-shm" })
        {
            File.Delete(folder[to + part]);
            if (File.Exists(folder[from + part])) File.Copy(folder[from + part], folder[to + part]);
        }
    }
}
