using System.Collections.Concurrent;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Workspaces;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests.EventSourcing;

/// <summary>Another program holds a file of SQLite for some seconds, such as a backup: that is no event's fault.</summary>
[Trait("Speed", "Slow")]
public sealed class BusyFiles : IDisposable
{
    private static readonly TimeSpan SomeSeconds = TimeSpan.FromSeconds(3);

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_projection_that_finds_the_read_models_busy_is_told_the_same_event_until_they_are_free()
    {
        var busy = new Busy();
        await using var node = await new PortalNode(folder, null, services => services.AddSingleton<IProjection>(busy)).Project();
        await Append(node, "One", "Two", "Three");

        await Task.Delay(SomeSeconds);

        busy.Met.Should().NotBeEmpty().And.OnlyContain(name => name == "One", "the others come after it");
        await PortalNode.Eventually(() => Task.FromResult(node.ReadModels.Trouble?.Code == "CK-STORE-03"));
        busy.IsBusy = false;
        await node.CatchUp();
        (await node.SetAsideByProjections()).Should().BeEmpty();
        (await Names(node)).Should().BeEquivalentTo("One", "Two", "Three");
    }

    [Fact]
    public async Task A_reactor_that_finds_the_vault_busy_is_handed_the_same_event_until_it_is_free()
    {
        var busy = new Busy();
        await using var node = await new PortalNode(folder, null, services => services.AddSingleton<IReactor>(busy)).React();
        await Append(node, "One", "Two", "Three");

        await Task.Delay(SomeSeconds);

        busy.Met.Count.Should().BeGreaterThan(ReactorLoop.Tries, "so often it tries what fails for good");
        busy.Met.Should().OnlyContain(name => name == "One", "the others come after it");
        (await node.SetAsideByReactors()).Should().BeEmpty();
        busy.IsBusy = false;
        await PortalNode.Eventually(() => Task.FromResult(busy.Told.Count == 3));
        busy.Told.Should().Equal("One", "Two", "Three");
        (await node.SetAsideByReactors()).Should().BeEmpty();
    }

    [Fact]
    public async Task While_the_files_themselves_are_held_events_wait_and_are_told_afterwards()
    {
        var reactor = new Busy { IsBusy = false };
        await using var node = await (await new PortalNode(
            folder, TimeProvider.System, services => services.AddSingleton<IReactor>(reactor)).Project()).React();
        await Append(node, "One");
        await node.CatchUp();
        await PortalNode.Eventually(() => Task.FromResult(reactor.Told.Count == 1));
        var files = Directory.EnumerateFiles(folder["data"], "read-models-v*.db").Append(folder["data/vault.db"]).ToList();

        var held = files.ConvertAll(Hold);
        await Append(node, "Two", "Three");
        await Task.Delay(SomeSeconds);
        (await Names(node)).Should().Equal("One");
        foreach (var file in held) await file.DisposeAsync();

        await node.CatchUp();
        await PortalNode.Eventually(() => Task.FromResult(reactor.Told.Contains("Three")));
        (await Names(node)).Should().BeEquivalentTo("One", "Two", "Three");
        (await node.SetAsideByProjections()).Should().BeEmpty();
        (await node.SetAsideByReactors()).Should().BeEmpty();
    }

    private static async Task Append(PortalNode node, params string[] names)
    {
        foreach (var name in names)
            await node.Append($"workspace-{name}", new WorkspaceCreated(Guid.CreateVersion7(), name));
    }

    private static async Task<IReadOnlyList<string>> Names(PortalNode node)
    {
        await using var db = node.ReadModels.Open();
        return await db.Set<WorkspaceRow>().Select(w => w.Name).ToListAsync();
    }

    /// <returns>Nobody else writes the file until it is disposed.</returns>
    private static SqliteConnection Hold(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>What SQLite answers where somebody else holds the file for longer than is waited for.</summary>
    private sealed class Busy : IProjection, IReactor
    {
        string IReactor.Name => "busy";

        public bool IsBusy { get; set; } = true;

        /// <summary>The events at which it was so.</summary>
        public ConcurrentQueue<string> Met { get; } = [];

        public ConcurrentQueue<string> Told { get; } = [];

        public Task Apply(RecordedEvent recorded, IRows rows, CancellationToken ct) => Take(recorded);

        public Task React(RecordedEvent recorded, Reaction reaction, CancellationToken ct) => Take(recorded);

        private Task Take(RecordedEvent recorded)
        {
            var isBusy = IsBusy;
            (isBusy ? Met : Told).Enqueue(((WorkspaceCreated)recorded.Event).Name);
            return isBusy
                ? throw new DbUpdateException("wrapped", new SqliteException("database is locked", SQLitePCL.raw.SQLITE_BUSY))
                : Task.CompletedTask;
        }
    }
}
