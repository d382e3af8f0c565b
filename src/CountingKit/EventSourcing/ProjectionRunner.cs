using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CountingKit.EventSourcing;

/// <summary>
/// Keeps the read models up to the log, one process at a time (a lease; that nothing is told twice does not depend on it).
/// An event that a projection cannot take in is set aside for it; what is over by itself, such as a database that is away, is
/// said on the health page and waited for.
/// </summary>
public sealed class ProjectionRunner(
    IEventStore store,
    EventCatalog catalog,
    IEnumerable<IProjection> projections,
    IReadDatabases databases,
    ReadModels readModels,
    Rebuilds rebuilds,
    OlderLogs olderLogs,
    Leases leases,
    NodeName node,
    Outages outages,
    TimeProvider time,
    ILogger<ProjectionRunner> log) : BackgroundService
{
    /// <summary>
    /// Who holds it does this for all processes on the database; each version of the rows has its own, so that a newer
    /// portal fills its tables while an older one still serves.
    /// </summary>
    public static readonly string Lease = $"projections-v{ReadDb.Version}";
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly IProjection[] projections = [.. projections];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var backOff = new BackOff(Pause, LongestPause, time);
        var look = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (look || databases.MayBeDamaged) await Projecting.SetAsideDamaged(databases, log, stoppingToken);
                look = false;
                await readModels.Look(stoppingToken);
                await using var lease = await leases.Hold(Lease, node.Name, LeaseDuration, stoppingToken);
                if (lease is null)
                {
                    readModels.Trouble = null;
                    await Task.Delay(Pause, time, stoppingToken);
                }
                else await Lead(lease.Lost);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException)
            {
                // The lease was lost: another process leads now, and has its own troubles.
                readModels.Trouble = null;
            }
            catch (OvertakenProjectorException overtaken)
            {
                readModels.Trouble = null;
                log.LogInformation(overtaken, "Another process moved the read models on; taken up from there");
            }
            catch (Exception trouble)
            {
                // It is no event's fault: the same batch is tried again, and meanwhile the health page tells.
                if (readModels.Trouble is null) backOff.Reset(); // It went on since the last one.
                var outage = outages.Of(trouble) ?? StorageCodes.Unexpected;
                if (outage == StorageCodes.DatabaseAway && databases.IsGone) outage = StorageCodes.FolderGone;
                readModels.Trouble = outage;
                outages.Log(log, trouble, "The read models stand still");
                // The next try first looks into it: that puts a damaged file aside, or names the folder that is gone.
                look = outages.CauseOf(trouble) is not EventStoreUnavailableException
                    && (outage == StorageCodes.DatabaseAway || outage == StorageCodes.FolderGone);
                await backOff.Wait(stoppingToken);
            }
        }
    }

    private async Task Lead(CancellationToken ct)
    {
        using var projecting = new Projecting(
            store, catalog, projections, databases, readModels, rebuilds, olderLogs, outages, time, log);
        await projecting.Run(ct);
    }
}
