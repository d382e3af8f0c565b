using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CountingKit.Adapters.Embedded;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Testing;
using CountingKit.Testing.Storage;
using CountingKit.Tests.Database;
using CountingKit.Tests.EventSourcing;
using CountingKit.Tests.Exporters;
using CountingKit.Tests.Mirror;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.Runs;

/// <summary>Log, vault and mirror of one portal, and a source that a test plays.</summary>
internal sealed class SyncHouse : IAccountingSource, IAsyncDisposable
{
    public static readonly Source Invoices = new(Configurations.Acme, "Invoices");

    private readonly TempFolder folder = new();
    private readonly DatabaseHouse database = new(StorageKind.Sqlite);
    private readonly MirrorUnderTest mirror = new();
    private readonly EmbeddedEventStore store;
    private readonly MirrorShortOfMemory shortMirror;
    private readonly EventCatalog catalog = new EventCatalog()
        .AddRunEvents().AddMirrorEvents().AddConnectionEvents().AddExporterEvents().AddSpreadsheetEvents();

    public SyncHouse()
    {
        store = new EmbeddedEventStore(new(folder["events.db"]), TimeProvider.System);
        shortMirror = new(mirror.Mirror);
    }

    /// <summary>So many of the next readings do not fit into the mirror's memory.</summary>
    public int StagingsThatFail
    {
        set => shortMirror.StagingsThatFail = value;
    }

    /// <summary>What was asked for, in order: the moment since when, null = everything.</summary>
    public List<DateTimeOffset?> Asked { get; } = [];

    /// <summary>The periods of reports that were asked for, reading by reading.</summary>
    public List<IReadOnlyList<string>> AskedPeriods { get; } = [];

    /// <summary>Gives the report of a period.</summary>
    public Func<string, string> Report { get; set; } = _ => "{}";

    /// <summary>Hears of each page.</summary>
    public Action<ReadSoFar> Told { get; set; } = _ => { };

    /// <summary>Gives the pages of the nth reading, from 1.</summary>
    public Func<int, Task<IEnumerable<SourcePage>>> Pages { get; set; } = _ => Task.FromResult(Of(0));

    /// <param name="of">Null = <see cref="Invoices"/>.</param>
    public async Task<(IReadOnlyList<Segment> Segments, DateTimeOffset? SourceTime)> BringUpToDate(
        DateTimeOffset? asOf = null, Source? of = null, IReadOnlyList<WantedPeriod>? periods = null)
    {
        var current = new CurrentCommand();
        var (segments, _, sourceTime) = await Sync(current).BringUpToDate(
            of ?? Invoices, Guid.CreateVersion7(), asOf ?? DateTimeOffset.MaxValue, Context(),
            soFar =>
            {
                Told(soFar);
                return Task.CompletedTask;
            },
            CancellationToken.None, periods);
        return (segments, sourceTime);
    }

    /// <summary>Answers who asks for the organization of a connection.</summary>
    public Func<Guid, CancellationToken, Task<SourceException?>> Describe { get; set; } =
        (_, _) => throw new InvalidOperationException("Nobody asks for the organization.");

    /// <summary>The first half of a run over what stands in the log.</summary>
    public async Task RunOnce(RunStarted started, DateTimeOffset? limitedSince = null, DateTimeOffset? behindSince = null)
    {
        var current = new CurrentCommand { Context = Context() };
        var streams = Streams(current);
        await new RunRows(Sync(current), mirror.Mirror, streams, Describe)
            .BringUpToDate(
                await Begin(started, streams, current, new(started.RunId, started.ExporterId, limitedSince, behindSince)),
                CancellationToken.None);
    }

    /// <summary>A run up to its rows, over what stands in the log.</summary>
    public async Task<SnapshotMade> Rows(RunStarted started)
    {
        var current = new CurrentCommand { Context = Context() };
        var streams = Streams(current);
        var (rows, run) = (new RunRows(Sync(current), mirror.Mirror, streams, Describe), await Begin(started, streams, current));
        return await rows.Make(run, await rows.BringUpToDate(run, CancellationToken.None), CancellationToken.None);
    }

    /// <summary>One attempt at the second half of a run whose rows are made.</summary>
    /// <param name="work">As the attempt before left it; null = this is the first.</param>
    /// <param name="ahead">How much later it is by then.</param>
    /// <returns>How the run ended, or what is left of it to be done.</returns>
    public async Task<(IEvent? End, RunWork? Left)> Write(
        RunStarted started, ISpreadsheets sheets, RunWork? work = null, TimeSpan ahead = default)
    {
        var (current, time) = (new CurrentCommand { Context = Context() }, new HurriedTime(ahead));
        var streams = Streams(current);
        var run = await Begin(started, streams, current, work, time);
        var writing = new RunWriting(sheets, mirror.Mirror, streams, new Leases(database.Vault(), time), time);
        try
        {
            return (await writing.Write(run, run.State.Snapshot!, CancellationToken.None), null);
        }
        catch (RunWaitsException waits)
        {
            await run.Append(waits.ToEvent(run), CancellationToken.None);
            var again = (WorkResult.Again)waits.ToResult(run, time.GetUtcNow());
            return (null, JsonSerializer.Deserialize<RunWork>(again.Payload!, JsonSerializerOptions.Web));
        }
        catch (RunStoppedException stopped)
        {
            return (stopped.ToEvent(run), null);
        }
        catch (RunEndedException ended)
        {
            return (ended.ToEvent(run), null);
        }
    }

    /// <summary>Sees all of the workspace.</summary>
    private static CurrentRequester Everybody => new()
    {
        Requester = new(Guid.CreateVersion7(), Actor.System, Guid.Empty, Role.Owner, null, null),
    };

    public Task<ReplayPreview> PreviewReplay(Guid runId) =>
        new PreviewReplayHandler(Streams(new CurrentCommand()), mirror.Mirror, Everybody).Handle(new(runId), CancellationToken.None);

    public async Task<List<CellValue[]>> ReadRows(Snapshot snapshot) => await mirror.Mirror.ReadRows(snapshot, default).ToListAsync();

    /// <summary>As a bad disk does it: the file is there, and what it holds is not what its name says.</summary>
    public void Damage(Snapshot snapshot) => File.WriteAllText(
        mirror.Files("rows").Single(file => Path.GetFileName(file).Contains(snapshot.Hash, StringComparison.Ordinal)),
        "changed from outside");

    /// <summary>What a run is asked before it writes, over what stands in the log.</summary>
    public async Task RequireStanding(RunStarted started)
    {
        var current = new CurrentCommand { Context = Context() };
        var streams = Streams(current);
        await new RunStanding(streams).Require(await Begin(started, streams, current), CancellationToken.None);
    }

    /// <summary>Somebody wishes for a run.</summary>
    /// <param name="ahead">How much later it is by then.</param>
    public async Task<RunRequested> Request(RunQueued wish, TimeSpan ahead)
    {
        var current = new CurrentCommand { Context = Context() with { Actor = Actor.Member(Guid.CreateVersion7()) } };
        var time = new HurriedTime(ahead);
        return await new RunRequests(Streams(current), current, new ReactorTroubles(database.Vault(), time), time)
            .Send(wish, CancellationToken.None);
    }

    /// <summary>Somebody asks for a replay.</summary>
    public async Task<RunRequested> Replay(ReplayExport command)
    {
        var current = new CurrentCommand { Context = Context() with { Actor = Actor.Member(Guid.CreateVersion7()) } };
        var streams = Streams(current);
        var troubles = new ReactorTroubles(database.Vault(), TimeProvider.System);
        return await new ReplayExportHandler(
                streams, Everybody, current, new RunRequests(streams, current, troubles, TimeProvider.System))
            .Handle(command, CancellationToken.None);
    }

    /// <summary>As the reactor of runs does it with an event that it can't act on.</summary>
    public async Task SetAside(string stream)
    {
        var stored = await store.ReadStream(stream, ReadDirection.Backwards, null, 1, default).SingleAsync();
        await using var db = database.Vault().CreateDbContext();
        db.ReactorSetAsides.Add(new()
        {
            Reactor = "runs", EventId = stored.Id, Stream = stream, Revision = (long)stored.Revision, EventType = stored.Type,
            At = stored.Created.UtcDateTime, Code = StorageCodes.NotFollowedUp.Code,
        });
        await db.SaveChangesAsync();
    }

    /// <summary>A run whose stream may have been opened already.</summary>
    private async Task<RunContext> Begin(
        RunStarted started, Streams streams, CurrentCommand current, RunWork? work = null, TimeProvider? time = null)
    {
        var cursor = await streams.Open(Run.StreamOf(started.RunId), Run.Decider, CancellationToken.None);
        if (cursor.State is Run.State.Unknown) await cursor.Append(started, CancellationToken.None);
        var id = Guid.CreateVersion7();
        var payload = WorkItem.Write(work ?? new(started.RunId, started.ExporterId));
        var item = new WorkItem(id, RunWorker.WorkKind, $"{id:N}", payload, id, id, id, 0);
        return new RunContext(
            item, (Run.State.Active)cursor.State, cursor, current, database.Vault(), time ?? TimeProvider.System);
    }

    public async Task Append(string stream, params IEvent[] events)
    {
        var streams = Streams(new CurrentCommand { Context = Context() });
        var cursor = await streams.Open(stream, new Decider<int>(0, (count, _) => count + 1), CancellationToken.None);
        foreach (var @event in events) await cursor.Append(@event, CancellationToken.None);
    }

    public async Task<List<IEvent>> Stored(string stream)
    {
        List<IEvent> events = [];
        await foreach (var stored in store.ReadStream(stream, ReadDirection.Forwards, null, null, default))
            events.Add(catalog.Deserialize(stored).Event);
        return events;
    }

    /// <summary>Who appended each.</summary>
    public async Task<List<string>> Actors(string stream)
    {
        List<string> actors = [];
        await foreach (var stored in store.ReadStream(stream, ReadDirection.Forwards, null, null, default))
            actors.Add(catalog.Deserialize(stored).Metadata.Actor);
        return actors;
    }

    public async Task<SourceStateRow?> State()
    {
        await using var db = database.Vault().CreateDbContext();
        return await db.SourceStates.AsNoTracking().SingleOrDefaultAsync();
    }

    public async Task SetWatermark(DateTime watermark)
    {
        await using var db = database.Vault().CreateDbContext();
        await db.SourceStates.ExecuteUpdateAsync(set => set.SetProperty(s => s.Watermark, watermark));
    }

    /// <summary>As a portal does whose clock is wrong.</summary>
    public async Task SetReadAt(DateTime at)
    {
        await using var db = database.Vault().CreateDbContext();
        await db.SourceStates.ExecuteUpdateAsync(
            set => set.SetProperty(s => s.LastReadAt, at).SetProperty(s => s.LastFullAt, at));
    }

    /// <summary>As a disk does that loses what was kept of the records.</summary>
    public void LoseSegments()
    {
        foreach (var path in mirror.Files("segment")) File.Delete(path);
    }

    /// <summary>As if the holder had slept beyond its end.</summary>
    public async Task LoseTheLease()
    {
        await using var db = database.Vault().CreateDbContext();
        (await db.Leases.ExecuteDeleteAsync()).Should().Be(1);
    }

    public async IAsyncEnumerable<SourcePage> ReadPages(
        Guid connectionId, SourceQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        if (query.Periods is { } periods)
        {
            AskedPeriods.Add([.. periods.Select(period => period.Key)]);
            foreach (var (period, i) in periods.Select((period, i) => (period.Key, i)))
                yield return new(i + 1, periods.Count, periods.Count, MirrorUnderTest.SourceTime, Envelope.ReadFirst(
                    Encoding.UTF8.GetBytes($$"""{"Reports":[{{Report(period)}}]}"""), "Reports", period).Records);
            yield break;
        }

        Asked.Add(query.ModifiedSince);
        foreach (var page in await Pages(Asked.Count).WaitAsync(ct)) yield return page;
    }

    /// <summary>One page of invoices that says there are so many.</summary>
    public static IEnumerable<SourcePage> Of(int invoices, int? said = null, decimal total = 1) =>
        MirrorUnderTest.Pages([.. Enumerable.Range(1, invoices).Select(i => MirrorUnderTest.Invoice(i, total))])
            .ToBlockingEnumerable().DefaultIfEmpty(new SourcePage(1, 1, 0, MirrorUnderTest.SourceTime, []))
            .Select(page => page with { ItemCount = said ?? invoices, SourceTime = MirrorUnderTest.SourceTime });

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        mirror.Dispose();
        await database.DisposeAsync();
        folder.Dispose();
    }

    private Sync Sync(CurrentCommand current) => new(
        this, shortMirror, Streams(current), current, new Leases(database.Vault(), TimeProvider.System), database.Vault(),
        TimeProvider.System);

    private Streams Streams(CurrentCommand current) => new(store, catalog, current, TimeProvider.System);

    private static CommandContext Context()
    {
        var id = Guid.CreateVersion7();
        return new CommandContext(id, id, id, Actor.System, id, [Configurations.Acme]);
    }
}
