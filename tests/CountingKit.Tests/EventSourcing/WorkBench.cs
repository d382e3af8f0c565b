using CountingKit.Adapters.Database;
using System.Collections.Concurrent;
using CountingKit.EventSourcing;
using CountingKit.Testing.Storage;
using CountingKit.Tests.Database;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CountingKit.Tests.EventSourcing;

/// <summary>Work in a database of its own, and portals' worth of lanes that do it.</summary>
/// <param name="ofWaits">The clock by which work waits for vendors; null = the right one.</param>
internal sealed class WorkBench(StorageKind kind, TimeProvider? ofWaits = null) : IAsyncDisposable
{
    private readonly List<(WorkHost Host, ServiceProvider Services)> hosts = [];

    public DatabaseHouse House { get; } = new(kind);

    public WorkLanes Lanes { get; } = new(ofWaits ?? TimeProvider.System);

    public VaultDb Vault() => House.Vault().CreateDbContext();

    /// <summary>Queues a piece that is due.</summary>
    public async Task Queue(string workKind, string key, Guid workspaceId = default, string? subject = null)
    {
        await using var db = Vault();
        var now = await db.Now(default);
        db.Work.Add(new WorkRow
        {
            Id = Guid.CreateVersion7(), Kind = workKind, Key = key, Payload = "{}", WorkspaceId = workspaceId, Subject = subject,
            QueuedAt = now, NotBefore = now,
        });
        await db.SaveChangesAsync();
    }

    /// <summary>Starts the lanes of a portal.</summary>
    /// <param name="time">Its clock; null = the right one.</param>
    public async Task Start(int concurrency, TimeProvider? time, params IReadOnlyList<IWorker> workers)
    {
        var registered = new ServiceCollection();
        foreach (var worker in workers) registered.AddSingleton(worker);
        var services = registered.BuildServiceProvider();
        var host = new WorkHost(
            House.Vault(hosts.Count), services.GetRequiredService<IServiceScopeFactory>(), new WorkerOptions(concurrency),
            new WorkSignal(), Lanes, NodeName.New(), new Outages(DatabaseOutage.Is), time ?? TimeProvider.System, NullLogger<WorkHost>.Instance);
        hosts.Add((host, services));
        await host.StartAsync(CancellationToken.None);
    }

    /// <summary>As a reactor does, in a transaction.</summary>
    public async Task Wake(string workKind, string key)
    {
        var reaction = new Reaction(null!, null!, null!, TimeProvider.System);
        reaction.Wake(workKind, key);
        await using var db = Vault();
        await reaction.Store(db, default);
    }

    /// <summary>Queues a piece as a reactor does because of an event.</summary>
    public async Task React(Guid eventId, string workKind, string key)
    {
        var metadata = new EventMetadata(eventId, eventId, Actor.System, eventId, Guid.Empty, []);
        var stored = new StoredEvent(eventId, "any-1", 0, new(1, 1), "any.v1", DateTimeOffset.UnixEpoch, default, default);
        var reaction = new Reaction(new(null!, metadata, stored), null!, null!, TimeProvider.System);
        reaction.Queue(workKind, key, new { });
        await using var db = Vault();
        await reaction.Store(db, default);
        await db.SaveChangesAsync();
    }

    public async Task<WorkRow?> Row(string key)
    {
        await using var db = Vault();
        return await db.Work.AsNoTracking().SingleOrDefaultAsync(w => w.Key == key);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (host, services) in hosts)
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
            await services.DisposeAsync();
        }

        await House.DisposeAsync();
    }
}

/// <summary>Does what a test says, and notes whom it did it for.</summary>
internal sealed class Told(string kind, WorkLane lane, Func<WorkItem, CancellationToken, Task<WorkResult>> act) : IWorker
{
    public string Kind => kind;

    public WorkLane Lane => lane;

    public ConcurrentQueue<WorkItem> Attempts { get; } = [];

    public IEnumerable<string> Keys => Attempts.Select(a => a.Key);

    public Task<WorkResult> Do(WorkItem item, CancellationToken ct)
    {
        Attempts.Enqueue(item);
        return act(item, ct);
    }

    public static Task<WorkResult> Done { get; } = Task.FromResult<WorkResult>(new WorkResult.Done());

    /// <summary>Works until the test is over.</summary>
    public static async Task<WorkResult> Forever(CancellationToken ct)
    {
        await Task.Delay(Timeout.Infinite, ct);
        return new WorkResult.Done();
    }
}
