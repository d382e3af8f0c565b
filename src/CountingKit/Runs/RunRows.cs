using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Mirror;

namespace CountingKit.Runs;

/// <summary>The first half of a run: its sources brought up to date, its rows made and kept.</summary>
/// <param name="describe">Asks Xero for the organization of a connection; gives what stood in the way, null = nothing.</param>
internal sealed class RunRows(
    Sync sync, IMirror mirror, Streams streams, Func<Guid, CancellationToken, Task<SourceException?>> describe)
{
    /// <summary>How long a limit of some minutes is waited for.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Raised when the same segments would give other rows: kept snapshots are only made again under their own version.</summary>
    public const int ProjectionVersion = 3;

    public async Task<SourcesSynced> BringUpToDate(RunContext run, CancellationToken ct)
    {
        if (run.State.Sources is { } known) return known;

        var configuration = run.Started.Configuration;
        var dataset = Dataset(configuration);
        var resources = DatasetCatalogue.ResourcesOf(dataset, configuration.ColumnsUsed(), configuration.Report);
        var sources = new List<SyncedSource>();
        var readAt = DateTimeOffset.MaxValue;
        foreach (var connectionId in configuration.ConnectionIds)
        {
            var connection = Require(await streams.Read(
                Connection.StreamOf(connectionId), Connection.Decider, ct), connectionId);
            if (connection.Description?.BaseCurrency is null && dataset.ShowsBaseAmounts(configuration.ColumnsUsed()))
                connection = await Describe(run, connection, ct);
            foreach (var resource in resources)
            {
                var (source, at) = await BringUpToDate(run, connection, resource, ct);
                sources.Add(source);
                if (at < readAt) readAt = at;
            }
        }

        var synced = new SourcesSynced(run.RunId, sources, await run.Calls("xero", ct), readAt);
        await run.Append(synced, ct);
        return synced;
    }

    /// <summary>Without the organization's base currency, amounts in it would be blank where a record has no rate.</summary>
    private Task<Connection.State.Open> Describe(RunContext run, Connection.State.Open connection, CancellationToken ct) =>
        Ask(run, connection.ConnectionId, async () =>
        {
            run.Sign("describe");
            if (await describe(connection.ConnectionId, ct) is { } trouble) throw trouble;
            return Require(
                await streams.Read(Connection.StreamOf(connection.ConnectionId), Connection.Decider, ct), connection.ConnectionId);
        });

    private Task<(SyncedSource Source, DateTimeOffset ReadAt)> BringUpToDate(
        RunContext run, Connection.State.Open connection, Resource resource, CancellationToken ct)
    {
        var connectionId = connection.ConnectionId;
        var periods = Periods(run.Started, connection, resource);
        return Ask(run, connectionId, async () =>
        {
            run.Progress.Begin();
            var (segments, at, sourceTime) = await sync.BringUpToDate(
                new Source(connectionId, resource.Name), run.RunId, run.Started.QueuedAt, run.Context("sync"),
                soFar => run.Progress.Read(soFar, ct), ct, periods);
            if (sourceTime is not null) await Regain(run, connection, ct);
            return (new SyncedSource(
                connectionId, resource.Name, connection.OrganizationName, segments, sourceTime, connection.Description?.BaseCurrency,
                periods?.Select(period => period.Period.Key).ToList()), at);
        });
    }

    /// <summary>What stands in the way of reading is waited for, or ends the run.</summary>
    private static async Task<T> Ask<T>(RunContext run, Guid connectionId, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (SourceBusyException busy)
        {
            throw new RunWaitsException(
                RunCodes.SourceBusy.Code, RunCodes.SourceBusy.Title, busy.Until, isWorthTelling: false,
                behind: busy.Lease, inner: busy);
        }
        catch (SourceException failed) when (failed.RetryAt is { } until && IsWorthWaiting(run, failed, until))
        {
            throw new RunWaitsException(failed.Code, failed.Message, until, inner: failed)
            {
                LimitedSince = failed.Problem == SourceProblem.DayLimit ? null : run.LimitedSince,
            };
        }
        catch (SourceException failed)
        {
            throw new RunEndedException(
                failed.Code, failed.Message, problem: failed.Problem, connectionId: connectionId, inner: failed);
        }
    }

    /// <summary>Counted from when the run was queued, so that attempts agree. Null = the resource is a list.</summary>
    private static IReadOnlyList<WantedPeriod>? Periods(RunStarted started, Connection.State.Open connection, Resource resource)
    {
        if (resource.Report is not { Kind: var kind }) return null;
        try
        {
            return started.Configuration.Periods(kind, OrganizationCalendar.Of(connection.Description), started.QueuedAt);
        }
        catch (RefusedException refused)
        {
            throw new RunEndedException(refused.Code, refused.Message, connectionId: connection.ConnectionId, inner: refused);
        }
    }

    /// <summary>A day's limit ends; one that may be another program's is not waited for without end.</summary>
    private static bool IsWorthWaiting(RunContext run, SourceException limited, DateTimeOffset until) =>
        limited.Problem == SourceProblem.DayLimit || until < run.LimitedSince + LongestWait;

    /// <summary>What was read just now can be read: an older trouble is over.</summary>
    private async Task Regain(RunContext run, Connection.State.Open connection, CancellationToken ct)
    {
        if (connection.Trouble is not { } trouble) return;
        run.Sign("regain");
        await streams.Transact(
            Connection.StreamOf(connection.ConnectionId), Connection.Decider,
            state => Connection.Answered(state, trouble), ct);
    }

    public async Task<SnapshotMade> Make(RunContext run, SourcesSynced synced, CancellationToken ct)
    {
        if (run.State.Snapshot is { } known) return known;

        var configuration = run.Started.Configuration;
        var projection = new Projection(
            configuration.Dataset,
            [.. synced.Sources.GroupBy(s => s.ConnectionId).Select(Organization)],
            [.. configuration.Columns.Select(c => c.Key)],
            configuration.RowFilters(),
            configuration.Sort);
        var (snapshot, unreadable, leftOut, unrated) = await mirror.Project(projection, ct);
        var made = new SnapshotMade(
            run.RunId, snapshot, ProjectionVersion, await Compare(run, snapshot, ct), unreadable, leftOut, unrated,
            await GoneTracking(configuration, synced, ct));
        await run.Append(made, ct);
        return made;
    }

    /// <returns>Headings of columns whose tracking category is not among those that were read; null = there are none.</returns>
    private async Task<IReadOnlyList<string>?> GoneTracking(
        ExporterConfiguration configuration, SourcesSynced synced, CancellationToken ct)
    {
        var tracked = configuration.Columns.Where(column => TrackingColumn.CategoryOf(column.Key) is not null).ToList();
        if (tracked.Count == 0) return null;
        var known = new HashSet<string>();
        foreach (var source in synced.Sources.Where(source => source.Resource == TrackedCategories.SourceOf(source.ConnectionId).Resource))
            known.UnionWith((await TrackedCategories.Read(mirror, source.ConnectionId, source.Segments, ct))
                .Select(category => TrackingColumn.KeyOf(category.Id)));
        var gone = tracked.Where(column => !known.Contains(column.Key)).Select(column => column.Heading ?? TrackingColumn.Heading).ToList();
        return gone.Count > 0 ? gone : null;
    }

    /// <summary>For a replay: the snapshot of the run that it repeats. No call to Xero.</summary>
    public async Task<SnapshotMade> TakeAgain(RunContext run, Guid replayOf, CancellationToken ct)
    {
        if (run.State.Snapshot is { } known) return known;

        var past = await streams.Read(Run.StreamOf(replayOf), Run.Decider, ct);
        if (past is not Run.State.Ended { Snapshot: { } snapshot } ended || !mirror.Has(snapshot))
            throw new RunEndedException(
                RunCodes.RowsGone.Code, "The rows of that run are no longer kept. Only its counts and its hash remain.");

        // The sheet lacks them again.
        var made = new SnapshotMade(
            run.RunId, snapshot, ProjectionVersion, await Compare(run, snapshot, ct), ended.Unreadable, Unrated: ended.Unrated);
        await run.Append(made, ct);
        return made;
    }

    private async Task<Difference?> Compare(RunContext run, Snapshot snapshot, CancellationToken ct)
    {
        if (run.Started is not { ReplayTab: null, Last.Snapshot: { } before } || !mirror.Has(before)) return null;
        var key = Dataset(run.Started.Configuration).KeyColumn;
        if (!before.Columns.Any(c => c.Key == key)) return null;
        try
        {
            return await mirror.Compare(before, snapshot, key, ct);
        }
        catch (Exception lacking) when (lacking is MirrorDamagedException or MirrorMemoryException)
        {
            // The difference only tells what changed: the rows are whole, and the run goes on without it.
            return null;
        }
    }

    /// <summary>The first is the one that the rows are made from.</summary>
    private static OrganizationRows Organization(IEnumerable<SyncedSource> sources)
    {
        var all = sources.ToList();
        return new(
            new Source(all[0].ConnectionId, all[0].Resource), all[0].OrganizationName, all[0].Segments,
            all.Skip(1).ToDictionary(s => s.Resource, s => s.Segments), all[0].BaseCurrency, all[0].Periods);
    }

    private static Dataset Dataset(ExporterConfiguration configuration) =>
        DatasetCatalogue.Find(configuration.Dataset)
        ?? throw new RunEndedException(RunCodes.UnknownData.Code, "This version of CountingKit does not know the data that this exporter exports.");

    private static Connection.State.Open Require(Connection.State state, Guid connectionId)
    {
        if (state is not Connection.State.Open open)
            throw new RunEndedException(
                RunCodes.OrganizationGone.Code, $"{RunCodes.OrganizationGone.Title}. {RunCodes.OrganizationGone.Advice}",
                connectionId: connectionId);
        return !open.IsPaused ? open : throw new RunEndedException(
            RunCodes.ConnectionPaused.Code, $"The connection of {open.OrganizationName} is paused. Resume it to run this exporter.",
            connectionId: connectionId);
    }
}
