using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CountingKit.EventSourcing;

/// <summary>
/// Hands the log to the reactors, in order. What one event queues is stored in the transaction of the reactor's
/// checkpoint. One process at a time does it (a lease); an event that fails is tried again, never skipped.
/// </summary>
public sealed class ReactorRunner(
    IEventStore store,
    EventCatalog catalog,
    IServiceScopeFactory scopes,
    IDbContextFactory<VaultDb> vault,
    Leases leases,
    ReadModels readModels,
    WorkSignal signal,
    NodeName node,
    TimeProvider time,
    ILogger<ReactorRunner> log) : BackgroundService
{
    private const string Lease = "reactors";
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var lease = await leases.Hold(Lease, node.Name, LeaseLength, stoppingToken);
                if (lease is null) await Task.Delay(Pause, time, stoppingToken);
                else await Lead(lease.Lost);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException)
            {
                // The lease was lost: another process leads now.
            }
            catch (Exception trouble)
            {
                log.LogError(trouble, "A reactor failed; it is tried again");
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task Lead(CancellationToken ct)
    {
        var checkpoints = await Checkpoints(ct);
        await foreach (var message in store.SubscribeToAll(Least(checkpoints), ct))
        {
            if (message is not SubscriptionMessage.Event(var stored)) continue;
            var recorded = catalog.Deserialize(stored);
            Position? appended = null;
            foreach (var (reactor, done) in checkpoints.ToList())
            {
                if (done is { } at && at >= stored.Position) continue;
                if (await React(reactor, recorded, ct) is { } end && !(appended > end)) appended = end;
                checkpoints[reactor] = stored.Position;
            }

            readModels.Reacted(stored.Position, appended);
        }
    }

    private async Task<Dictionary<string, Position?>> Checkpoints(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var names = scope.ServiceProvider.GetServices<IReactor>().Select(r => r.Name).ToList();
        await using var db = await vault.CreateDbContextAsync(ct);
        var rows = await db.Checkpoints.AsNoTracking().ToDictionaryAsync(r => r.Reactor, ct);
        var checkpoints = names.ToDictionary(
            name => name, name => rows.TryGetValue(name, out var row) ? Position.Parse(row.Position) : (Position?)null);
        if (Least(checkpoints) is { } least) readModels.Reacted(least, null);
        return checkpoints;
    }

    /// <summary>Null = one of them has seen nothing yet: from the start.</summary>
    private static Position? Least(Dictionary<string, Position?> checkpoints) =>
        checkpoints.ContainsValue(null) ? null : checkpoints.Values.Min();

    private async Task<Position?> React(string name, RecordedEvent recorded, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var reactor = scope.ServiceProvider.GetServices<IReactor>().Single(r => r.Name == name);
        var reaction = new Reaction(
            recorded,
            scope.ServiceProvider.GetRequiredService<Streams>(),
            scope.ServiceProvider.GetRequiredService<CurrentCommand>(),
            time);
        await reactor.React(recorded, reaction, ct);
        await Commit(name, recorded.Position, reaction.Queued, ct);
        if (reaction.Queued.Count > 0) signal.Raise();
        return reaction.Appended;
    }

    private async Task Commit(string name, Position position, IReadOnlyList<WorkRow> queued, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        foreach (var work in queued)
        {
            if (!await db.Work.AnyAsync(w => w.Kind == work.Kind && w.Key == work.Key, ct)) db.Work.Add(work);
        }

        var row = await db.Checkpoints.FindAsync([name], ct);
        if (row is null) db.Checkpoints.Add(new CheckpointRow { Reactor = name, Position = position.ToString() });
        else row.Position = position.ToString();
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>This process among those that share the vault: machine, process id, and a part that a restart renews.</summary>
public sealed record NodeName(string Name)
{
    public static NodeName New() =>
        new($"{Environment.MachineName[..Math.Min(30, Environment.MachineName.Length)]}/{Environment.ProcessId}/{Guid.CreateVersion7():N}");
}
