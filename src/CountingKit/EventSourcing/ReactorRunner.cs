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
        readModels.Reacted(ReactorCheckpoints.Together(places.Values));
        await foreach (var message in store.SubscribeToAll(ReactorCheckpoints.Together(places.Values).Done, ct))
        {
            if (message is not SubscriptionMessage.Event(var stored)) continue;
            var recorded = catalog.Deserialize(stored);
            foreach (var (reactor, place) in places.ToList())
                if (!(place.Done >= stored.Position)) places[reactor] = await React(reactor, place, recorded, ct);

            readModels.Reacted(ReactorCheckpoints.Together(places.Values));
        }
    }

    private async Task<ReactorPlace> React(string name, ReactorPlace from, RecordedEvent recorded, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var reactor = scope.ServiceProvider.GetServices<IReactor>().Single(r => r.Name == name);
        var reaction = new Reaction(
            recorded,
            scope.ServiceProvider.GetRequiredService<Streams>(),
            scope.ServiceProvider.GetRequiredService<CurrentCommand>(),
            time);
        await reactor.React(recorded, reaction, ct);
        var followUp = from.FollowUp > reaction.Appended ? from.FollowUp : reaction.Appended ?? from.FollowUp;
        var to = new ReactorPlace(recorded.Position, followUp);
        await checkpoints.Move(name, from, to, reaction.Queued, ct);
        if (reaction.Queued.Count > 0) signal.Raise();
        return to;
    }
}

/// <summary>This process among those that share the vault: machine, process id, and a part that a restart renews.</summary>
public sealed record NodeName(string Name)
{
    public static NodeName New() =>
        new($"{Environment.MachineName[..Math.Min(30, Environment.MachineName.Length)]}/{Environment.ProcessId}/{Guid.CreateVersion7():N}");
}
