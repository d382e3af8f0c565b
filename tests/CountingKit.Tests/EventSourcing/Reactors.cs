using System.Collections.Concurrent;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Vault;
using CountingKit.Workspaces;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CountingKit.Tests.EventSourcing;

/// <summary>What reactors are handed, and what stands in the vault of it.</summary>
[Trait("Speed", "Slow")]
public sealed class Reactors : IDisposable
{
    private const int Events = 40;
    private static readonly string[] All = [.. Enumerable.Range(1, Events).Select(i => $"noted {i:D2}")];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task One_that_fails_holds_up_what_is_behind_and_nothing_before_it_is_done_again()
    {
        var (note, other) = (new Note("note") { FailsAt = "17", Failures = 3 }, new Note("other") { Queues = false });
        await using var node = new PortalNode(folder, null, With(note, other));
        await Append(node);

        await node.React();
        await PortalNode.Eventually(() => Task.FromResult(note.Told.Contains("40") && other.Told.Count == Events));
        await Queued(node);

        note.Told.Should().Equal([.. Names(1, 16), "17", "17", "17", .. Names(17, Events)], "only the one that failed is repeated");
        (await node.Work()).Should().Equal(All);
        other.Told.Should().OnlyHaveUniqueItems().And.HaveCount(Events);
    }

    [Fact]
    public async Task Where_work_cannot_be_stored_the_event_is_set_aside_and_not_forgotten()
    {
        var note = new Note("note");
        await using var node = new PortalNode(folder, null, With(note));
        Execute("CREATE TRIGGER full BEFORE INSERT ON Work WHEN NEW.Key = '17' BEGIN SELECT RAISE(ABORT, 'full'); END");
        await Append(node);

        await node.React();
        await Queued(node);
        (await node.Work()).Should().Equal(All.Where(work => work != "noted 17"));
        (await node.SetAsideByReactors()).Should().Equal("note workspace-created.v1 CK-STORE-08");
        note.Told.Where(told => told != "17").Should().Equal([.. Names(1, 16), .. Names(18, Events)]);

        Execute("DROP TRIGGER full");
        await node.Troubles.TryAgain(default);
        await PortalNode.Eventually(async () => (await node.SetAsideByReactors()).Count == 0);

        (await node.Work()).Should().Equal(All);
    }

    [Fact]
    public async Task One_that_fails_for_good_sets_the_event_aside_goes_on_and_does_it_when_it_is_mended()
    {
        var (note, other) = (new Note("note") { FailsAt = "17", Failures = int.MaxValue }, new Note("other") { Queues = false });
        await using var node = new PortalNode(folder, null, With(note, other));
        await Append(node);

        await node.React();
        await Queued(node);
        await PortalNode.Eventually(() => Task.FromResult(other.Told.Count == Events));
        await PortalNode.Eventually(() => Task.FromResult(note.Told.Contains("40")));
        note.Told.Count(told => told == "17").Should().Be(ReactorLoop.Tries);
        (await node.SetAsideByReactors()).Should().Equal("note workspace-created.v1 CK-STORE-08");

        await node.Troubles.TryAgain(default);
        await PortalNode.Eventually(() => Task.FromResult(note.Told.Count(told => told == "17") > ReactorLoop.Tries));
        (await node.SetAsideByReactors()).Should().HaveCount(1, "it fails as before");
        note.Failures = 0;
        await PortalNode.Eventually(async () =>
        {
            await node.Troubles.TryAgain(default);
            return (await node.SetAsideByReactors()).Count == 0;
        });
        (await node.Work()).Should().Equal(All);
    }

    [Fact]
    public async Task One_that_stands_still_holds_up_no_other_and_no_page()
    {
        var (stuck, other) = (new Stuck(), new Note("other") { Queues = false });
        await using var node = new PortalNode(folder, TimeProvider.System, With(stuck, other));
        await (await node.Project()).React();
        await node.Append("workspace-1", new WorkspaceCreated(Guid.CreateVersion7(), "01"));
        await PortalNode.Eventually(async () => (await node.Troubles.Failures(default)).ContainsKey("stuck"));

        var (watch, told) = (System.Diagnostics.Stopwatch.StartNew(), true);
        for (var i = 2; i <= 4; i++)
            told &= await node.ReadModels.CaughtUpTo(
                await node.Append($"workspace-{i}", new WorkspaceCreated(Guid.CreateVersion7(), $"{i:D2}")), default);

        told.Should().BeTrue();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10), "that is what one wait takes at most");
        other.Told.Should().Equal("01", "02", "03", "04");
        (await node.SetAsideByReactors()).Should().BeEmpty("an outage is no event's fault");
        (await node.Troubles.Failures(default))["stuck"].Should().Match<ReactorFailureRow>(
            failure => failure.Failures > 0 && failure.Code == "CK-STORE-01");

        stuck.IsAway = false;
        await PortalNode.Eventually(async () => (await node.Troubles.Failures(default))["stuck"].Failures == 0);
    }

    [Fact]
    public async Task One_that_begins_now_does_not_act_on_the_past()
    {
        var news = new Note("news") { Start = ReactorStart.Now };
        await using var node = new PortalNode(folder, null, With(news));
        await Append(node);
        await node.React();
        var end = (await node.Log())[^1].Position;
        await PortalNode.Eventually(async () => (await node.Places())["news"].Done >= end);

        await node.Append("workspace-late", new WorkspaceCreated(Guid.CreateVersion7(), "late"));
        await PortalNode.Eventually(() => Task.FromResult(!news.Told.IsEmpty));

        news.Told.Should().Equal("late");
    }

    [Fact]
    public async Task One_that_queues_nothing_keeps_its_place()
    {
        var quiet = new Note("quiet") { Queues = false };
        await using (var first = await new PortalNode(folder, null, With(quiet)).React())
        {
            await Append(first);
            await PortalNode.Eventually(() => Task.FromResult(quiet.Told.Count == Events));
            var end = (await first.Log())[^1].Position;
            await PortalNode.Eventually(async () => (await first.Places())["quiet"].Done == end);
        }

        await using var next = await new PortalNode(folder, null, With(quiet)).React();
        await next.Append("workspace-late", new WorkspaceCreated(Guid.CreateVersion7(), "late"));
        await PortalNode.Eventually(() => Task.FromResult(quiet.Told.Contains("late")));

        quiet.Told.Should().Equal([.. Names(1, Events), "late"]);
    }

    [Fact]
    public async Task Where_the_log_sets_places_back_when_it_is_reached_the_place_is_read_after_that()
    {
        var (before, after) = (new Note("note") { Queues = false }, new Note("note") { Queues = false });
        string back;
        await using (var first = await new PortalNode(folder, null, With(before)).React())
        {
            await Append(first);
            var log = await first.Log();
            back = log[19].Position.ToString();
            await PortalNode.Eventually(async () => (await first.Places())["note"].Done == log[^1].Position);
        }

        await using var next = await new PortalNode(folder, null, services =>
        {
            var log = (IEventStore)services.Last(s => s.ServiceType == typeof(IEventStore)).ImplementationInstance!;
            services.RemoveAll<IReactor>().AddSingleton<IReactor>(after).AddSingleton<IEventStore>(
                new LogThatIsReached(log, () => Execute($"UPDATE Checkpoints SET Position = '{back}' WHERE Reactor = 'note'")));
        }).React();
        await PortalNode.Eventually(() => Task.FromResult(after.Told.Contains($"{Events:D2}")));

        after.Told.Should().Equal(Names(21, Events));
    }

    [Fact]
    public async Task Two_that_both_believe_it_is_theirs_queue_everything_once()
    {
        var (mine, yours) = (new Note("note"), new Note("note"));
        await using var hanging = await new PortalNode(folder, new StoppedTime(), With(mine)).React();
        await hanging.Append("workspace-first", new WorkspaceCreated(Guid.CreateVersion7(), "00"));
        await PortalNode.Eventually(() => Task.FromResult(!mine.Told.IsEmpty));
        await using var other = await new PortalNode(folder, new HurriedTime(TimeSpan.FromSeconds(5)), With(yours)).React();

        await Append(other);
        await Queued(other);

        (await other.Work()).Should().Equal(["noted 00", .. All]);
    }

    private static Action<IServiceCollection> With(params IReadOnlyList<IReactor> reactors) => services =>
    {
        foreach (var reactor in reactors) services.AddSingleton(reactor);
    };

    private static IEnumerable<string> Names(int from, int to) => Enumerable.Range(from, to - from + 1).Select(i => $"{i:D2}");

    private static async Task Append(PortalNode node)
    {
        for (var i = 1; i <= Events; i++)
            await node.Append($"workspace-{i}", new WorkspaceCreated(Guid.CreateVersion7(), $"{i:D2}"));
    }

    private void Execute(string sql)
    {
        using var vault = new SqliteConnection($"Data Source={folder["data/vault.db"]};Pooling=False");
        vault.Open();
        using var command = vault.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static Task Queued(PortalNode node) =>
        PortalNode.Eventually(async () => (await node.Work()).Contains($"noted {Events:D2}"));

    /// <summary>As one that was put back from a backup: what the vault says beyond its end is set back once it answers.</summary>
    private sealed class LogThatIsReached(IEventStore inner, Action setBack) : IEventStore
    {
        private int reached;

        public Task<Appended> Append(
            string stream, ExpectedRevision expected, IReadOnlyList<EventData> events, CancellationToken ct) =>
            inner.Append(stream, expected, events, ct);

        public IAsyncEnumerable<StoredEvent> ReadStream(
            string stream, ReadDirection direction, ulong? from, long? maxCount, CancellationToken ct) =>
            inner.ReadStream(stream, direction, from, maxCount, ct);

        public IAsyncEnumerable<StoredEvent> ReadAll(
            ReadDirection direction, Position? from, long? maxCount, CancellationToken ct)
        {
            if (Interlocked.Exchange(ref reached, 1) == 0) setBack();
            return inner.ReadAll(direction, from, maxCount, ct);
        }

        public IAsyncEnumerable<SubscriptionMessage> SubscribeToAll(Position? after, CancellationToken ct) =>
            inner.SubscribeToAll(after, ct);
    }

    /// <summary>Cannot reach what it needs.</summary>
    private sealed class Stuck : IReactor
    {
        public string Name => "stuck";

        public bool IsAway { get; set; } = true;

        public Task React(RecordedEvent recorded, Reaction reaction, CancellationToken ct) =>
            IsAway ? throw new EventStoreUnavailableException("away") : Task.CompletedTask;
    }

    /// <summary>Queues a piece of work for each workspace.</summary>
    private sealed class Note(string name) : IReactor
    {
        public string Name => name;

        public ConcurrentQueue<string> Told { get; } = [];

        public string? FailsAt { get; init; }

        public int Failures { get; set; }

        public bool Queues { get; init; } = true;

        public ReactorStart Start { get; init; } = ReactorStart.Beginning;

        public Task React(RecordedEvent recorded, Reaction reaction, CancellationToken ct)
        {
            var told = ((WorkspaceCreated)recorded.Event).Name;
            Told.Enqueue(told);
            if (told == FailsAt && Failures-- > 0) throw new IOException("It failed.");
            if (Queues) reaction.Queue("noted", told, told);
            return Task.CompletedTask;
        }
    }
}
