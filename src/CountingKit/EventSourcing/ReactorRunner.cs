using CountingKit.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CountingKit.EventSourcing;

/// <summary>
/// Has every reactor follow the log, each on its own, and tries again what they set aside. One process at a time does it (a
/// lease; that nothing is queued twice does not depend on it).
/// </summary>
public sealed class ReactorRunner(
    IEventStore store,
    EventCatalog catalog,
    IServiceScopeFactory scopes,
    ReactorCheckpoints checkpoints,
    ReactorTroubles troubles,
    Leases leases,
    ReadModels readModels,
    WorkSignal signal,
    NodeName node,
    Outages outages,
    TimeProvider time,
    ILogger<ReactorRunner> log) : BackgroundService
{
    /// <summary>Who holds it does this for all processes on the database.</summary>
    public const string Lease = "reactors";
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private const int TriesAtOnce = 100;

    private bool hasLed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var backOff = new BackOff(Pause, LongestPause, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var lease = await leases.Hold(Lease, node.Name, LeaseDuration, stoppingToken);
                backOff.Reset();
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
                outages.Log(log, trouble, "Reactors cannot be led; it is tried again");
                await backOff.Wait(stoppingToken);
            }
        }
    }

    private async Task Lead(CancellationToken ct)
    {
        var loops = checkpoints.Names.ToDictionary(name => name, name => new ReactorLoop(
            name, store, catalog, scopes, checkpoints, troubles, readModels, signal, outages, time, log));
        await Task.WhenAll([.. loops.Values.Select(loop => loop.Run(ct)), TryAgain(loops, ct)]);
    }

    /// <summary>Also once by itself in each process: with it, a newer version may have come.</summary>
    private async Task TryAgain(Dictionary<string, ReactorLoop> loops, CancellationToken ct)
    {
        for (; ; await Task.Delay(Pause, time, ct))
        {
            try
            {
                if (!hasLed) await troubles.TryAgain(ct);
                hasLed = true;
                foreach (var aside in await troubles.ToTry(TriesAtOnce, ct))
                {
                    if (loops.TryGetValue(aside.Reactor, out var loop)) await loop.TryAgain(aside, ct);
                    else await troubles.StillFails(aside, aside.Code, ct); // Of a reactor that this version does not have.
                }
            }
            catch (Exception away) when (!ct.IsCancellationRequested)
            {
                outages.Log(log, away, "What is set aside could not be tried again yet");
            }
        }
    }
}

/// <summary>This process among those that share the vault: machine, process id, and a part that a restart renews.</summary>
public sealed record NodeName(string Name)
{
    public static NodeName New() =>
        new($"{PlainText.Cut(Environment.MachineName, 30)}/{Environment.ProcessId}/{Guid.CreateVersion7():N}");
}
