using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Schedules;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;
using CountingKit.Testing.Storage;
using CountingKit.Vault;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CountingKit.Tests.EventSourcing;

/// <summary>One of several portals over the same vault, read models and log, without its pages and workers.</summary>
internal sealed class PortalNode : IAsyncDisposable
{
    private readonly EmbeddedEventStore log;
    private readonly ServiceProvider services;
    private readonly List<IHostedService> running = [];

    /// <param name="time">This node's clock; null = a hurried one.</param>
    /// <param name="also">Registers more beside the product's own.</param>
    /// <param name="database">Null = files in the folder.</param>
    public PortalNode(
        TempFolder folder, TimeProvider? time = null, Action<IServiceCollection>? also = null, string? database = null)
    {
        log = new(new(folder["events.db"]) { PollInterval = TimeSpan.FromMilliseconds(20) }, TimeProvider.System);
        Store = new CutEventStore(log);
        var registered = new ServiceCollection().AddLogging()
            .AddSingleton(time ?? new HurriedTime())
            .AddSingleton<IEventStore>(Store)
            .AddCopiedDatabase(database ?? "sqlite:data", folder.Path)
            .AddCountingKit(new WorkerOptions());
        also?.Invoke(registered);
        services = registered.BuildServiceProvider();
    }

    public CutEventStore Store { get; }

    public ReadModels ReadModels => services.GetRequiredService<ReadModels>();

    public Rebuilds Rebuilds => services.GetRequiredService<Rebuilds>();

    public IReadDatabases Databases => services.GetRequiredService<IReadDatabases>();

    public IReadOnlyList<IProjection> Projections => [.. services.GetServices<IProjection>()];

    /// <summary>One more who would write the database that pages read.</summary>
    public Projector Projector() => new(
        Projections, Databases, Databases.Open, services.GetRequiredService<Outages>(), NullLogger.Instance);

    public EventCatalog Catalog => services.GetRequiredService<EventCatalog>();

    /// <summary>The work that is queued, as kind and key.</summary>
    public async Task<IReadOnlyList<string>> Work()
    {
        await using var vault = await services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
        return await vault.Work.OrderBy(w => w.Key).Select(w => $"{w.Kind} {w.Key}").ToListAsync();
    }

    /// <summary>All queued work waits that long.</summary>
    public async Task PutOff(TimeSpan wait)
    {
        await using var vault = await services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
        var at = await vault.Now(default) + wait;
        await vault.Work.ExecuteUpdateAsync(set => set.SetProperty(w => w.NotBefore, at));
    }

    /// <summary>Its time has come.</summary>
    public Task MakeDue() => PutOff(TimeSpan.Zero);

    /// <summary>All queued work is due.</summary>
    public async Task<bool> IsDue()
    {
        await using var vault = await services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
        var now = await vault.Now(default);
        return !await vault.Work.AnyAsync(w => w.NotBefore > now);
    }

    public ScheduleFiring Firing => services.GetRequiredService<ScheduleFiring>();

    /// <summary>The next times of schedules.</summary>
    public async Task<IReadOnlyList<OccurrenceRow>> Occurrences()
    {
        await using var vault = await services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
        return await vault.Occurrences.AsNoTracking().ToListAsync();
    }

    /// <summary>In the place of one of the same schedule.</summary>
    public async Task SetOccurrence(OccurrenceRow row)
    {
        await using var vault = await services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
        await vault.Occurrences.Where(o => o.ScheduleId == row.ScheduleId).ExecuteDeleteAsync();
        vault.Occurrences.Add(row);
        await vault.SaveChangesAsync();
    }

    public ReactorTroubles Troubles => services.GetRequiredService<ReactorTroubles>();

    /// <summary>What reactors have set aside, as reactor, stored name and code.</summary>
    public async Task<IReadOnlyList<string>> SetAsideByReactors() =>
        [.. (await Troubles.SetAside(100, default)).First.Select(r => $"{r.Reactor} {r.EventType} {r.Code}")];

    /// <summary>What pages of this node do not tell, as projection, stored name and code.</summary>
    public async Task<IReadOnlyList<string>> SetAsideByProjections()
    {
        await using var db = ReadModels.Open();
        return await db.Set<SetAsideRow>().OrderBy(r => r.Projection).ThenBy(r => r.At)
            .Select(r => $"{r.Projection} {r.EventType} {r.Code}").ToListAsync();
    }

    /// <summary>Fills the read models anew and waits for it.</summary>
    public async Task Rebuild()
    {
        await Rebuilds.Request(Guid.CreateVersion7(), default);
        await Eventually(async () => (await Rebuilds.Last(default))!.EndedAt is not null);
        (await Rebuilds.Last(default))!.Trouble.Should().BeNull();
    }

    /// <summary>A command of its own decides on a stream.</summary>
    public async Task<TState> Transact<TState>(string stream, Decider<TState> decider, Func<TState, IReadOnlyList<IEvent>> decide)
    {
        await using var scope = services.CreateAsyncScope();
        var id = Guid.CreateVersion7();
        scope.ServiceProvider.GetRequiredService<CurrentCommand>().Context = new(id, id, id, Actor.System, id, []);
        return (await scope.ServiceProvider.GetRequiredService<Streams>().Transact(stream, decider, decide, default)).State;
    }

    /// <summary>Has a message's handler do its part, as if the rows that let messages in lagged.</summary>
    public async Task<TResult> Handle<TMessage, TResult>(Requester requester, TMessage message) where TMessage : IRequest<TResult>
    {
        await using var scope = services.CreateAsyncScope();
        var id = Guid.CreateVersion7();
        scope.ServiceProvider.GetRequiredService<CurrentRequester>().Requester = requester;
        scope.ServiceProvider.GetRequiredService<CurrentCommand>().Context = new(id, id, id, requester.Actor, requester.WorkspaceId, []);
        return await scope.ServiceProvider.GetRequiredService<IRequestHandler<TMessage, TResult>>().Handle(message, default);
    }

    /// <summary>How far each reactor is, by the vault.</summary>
    public Task<Dictionary<string, ReactorPlace>> Places() => services.GetRequiredService<ReactorCheckpoints>().Read(default);

    /// <summary>Joins those who would project.</summary>
    public async Task<PortalNode> Project()
    {
        await Start(services.GetRequiredService<ProjectionRunner>());
        return this;
    }

    /// <summary>Joins those who would react.</summary>
    public async Task<PortalNode> React()
    {
        await Start(services.GetServices<IHostedService>().OfType<ReactorRunner>().Single());
        return this;
    }

    /// <summary>Joins those who work.</summary>
    public async Task<PortalNode> DoWork()
    {
        await Start(services.GetServices<IHostedService>().OfType<WorkHost>().Single());
        return this;
    }

    /// <summary>Ends as a process does that is told to.</summary>
    public async Task Stop()
    {
        foreach (var service in running) await service.StopAsync(CancellationToken.None);
        running.Clear();
    }

    /// <summary>Appends to a stream of its own.</summary>
    public async Task<Position> Append(string stream, params IEvent[] events)
    {
        var id = Guid.CreateVersion7();
        var metadata = new EventMetadata(id, id, Actor.System, id, Guid.CreateVersion7(), []);
        var data = events.Select(e => Catalog.Serialize(e, metadata, Guid.CreateVersion7())).ToList();
        return (await Store.Append(stream, ExpectedRevision.Any, data, default)).Position;
    }

    /// <summary>All events of the log.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> Log() =>
        await log.ReadAll(ReadDirection.Forwards, null, null, default).Select(Catalog.Deserialize).ToListAsync();

    /// <summary>All events of the log as runners are fed them.</summary>
    public async Task<IReadOnlyList<FedEvent>> Feed() =>
        await log.ReadAll(ReadDirection.Forwards, null, null, default).Select(e => FedEvent.Of(e, Catalog)).ToListAsync();

    /// <summary>Waits until pages of this node tell the whole log.</summary>
    public async Task CatchUp()
    {
        var end = (await Feed())[^1].Position;
        await Eventually(async () => { await ReadModels.Look(default); return await IsAt(end); });
    }

    public static async Task Eventually(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds()) await Task.Delay(10, patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await services.DisposeAsync();
        await log.DisposeAsync();
    }

    private async Task<bool> IsAt(Position end)
    {
        await using var db = ReadModels.Open();
        return db.Set<ReadCheckpointRow>().SingleOrDefault()?.Position == end.ToString();
    }

    private async Task Start(IHostedService service)
    {
        running.Add(service);
        await service.StartAsync(CancellationToken.None);
    }
}

/// <summary>The machine's clock, but waits are over in a hundredth of their time.</summary>
/// <param name="ahead">How far it shows too late a time: leases of others have run out already.</param>
internal sealed class HurriedTime(TimeSpan ahead = default) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 100 : dueTime, period);
}

/// <summary>The clock of a process that hangs: no wait is ever over, so no lease is renewed.</summary>
internal sealed class StoppedTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
