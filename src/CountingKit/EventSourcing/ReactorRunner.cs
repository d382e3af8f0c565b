using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CountingKit.EventSourcing;

/// <summary>
/// Hands the log to the reactors, in order. What one event queues is stored in the transaction of the checkpoints. One
/// process at a time does it (a lease); an event that fails is tried again, never skipped.
/// </summary>
public sealed class ReactorRunner(
    IEventStore store,
    EventCatalog catalog,
    IServiceScopeFactory scopes,
    ReactorCheckpoints checkpoints,
    Leases leases,
    ReadModels readModels,
    WorkSignal signal,
    NodeName node,
    TimeProvider time,
    ILogger<ReactorRunner> log) : BackgroundService
{
    /// <summary>Who holds it does this for all processes on the database.</summary>
    public const string Lease = "reactors";
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(4);
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
        var places = await checkpoints.Read(ct);
        var stored = Tell(places);
        await foreach (var batch in EventFeed.Batches(
            store.SubscribeToAll(ReactorCheckpoints.Together(places.Values).Done, ct), catalog, ct))
        {
            try
            {
                foreach (var recorded in batch.Events)
                    foreach (var (name, place) in places.Where(p => !(p.Value.Done >= recorded.Position)))
                    {
                        var reaction = await React(name, recorded, ct);
                        var next = new Dictionary<string, ReactorPlace>(places) { [name] = place.After(recorded, reaction) };
                        if (reaction.HasWork) stored = await Store(stored, next, reaction, ct);
                        places = next;
                    }
            }
            finally
            {
                // Also those before one that failed: they need not be done again.
                stored = await Store(stored, places, null, ct);
            }
        }
    }

    private async Task<Reaction> React(string name, RecordedEvent recorded, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var reactor = scope.ServiceProvider.GetServices<IReactor>().Single(r => r.Name == name);
        var reaction = new Reaction(
            recorded,
            scope.ServiceProvider.GetRequiredService<Streams>(),
            scope.ServiceProvider.GetRequiredService<CurrentCommand>(),
            time);
        await reactor.React(recorded, reaction, ct);
        return reaction;
    }

    /// <summary>
    /// What is queued is stored at once; places move with it, and otherwise when no more events are at hand: a repeat of
    /// what was done since finds it done.
    /// </summary>
    private async Task<Dictionary<string, ReactorPlace>> Store(
        Dictionary<string, ReactorPlace> from, Dictionary<string, ReactorPlace> to, Reaction? reaction,
        CancellationToken ct)
    {
        await checkpoints.Move(from, to, reaction, ct);
        if (reaction is not null) signal.Raise();
        return Tell(to);
    }

    private Dictionary<string, ReactorPlace> Tell(Dictionary<string, ReactorPlace> places)
    {
        readModels.Reacted(ReactorCheckpoints.Together(places.Values));
        return places;
    }
}

/// <summary>This process among those that share the vault: machine, process id, and a part that a restart renews.</summary>
public sealed record NodeName(string Name)
{
    public static NodeName New() =>
        new($"{Environment.MachineName[..Math.Min(30, Environment.MachineName.Length)]}/{Environment.ProcessId}/{Guid.CreateVersion7():N}");
}
