using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Runs;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;

namespace CountingKit.Tests.EventSourcing;

/// <summary>Streams whose events carry the whole state cost the same however old they are.</summary>
[Trait("Speed", "Slow")]
public sealed class StreamsFromTheirEnd : IAsyncDisposable
{
    private const string Stream = "sums-1";

    private static readonly Guid Exporter = Guid.CreateVersion7();

    private static readonly Decider<int> Decider = new(0, (sum, @event) => @event switch
    {
        Total e => e.Sum,
        Counted e => sum + e.By,
        _ => throw new InvalidOperationException(),
    })
    {
        IsWhole = @event => @event is Total,
    };

    private readonly TempFolder folder = new();
    private readonly EventCatalog catalog = CountingKitRegistration.Events()
        .Map<Counted>("counted.v1", _ => new("Counted", "counter", Guid.Empty))
        .Map<Total>("total.v1", _ => new("Added up", "counter", Guid.Empty));
    private readonly EmbeddedEventStore inner;
    private readonly CountingEventStore store;

    public StreamsFromTheirEnd()
    {
        inner = new EmbeddedEventStore(new(folder["events.db"]), TimeProvider.System);
        store = new CountingEventStore(inner);
    }

    public async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_state_is_the_last_whole_event_and_what_came_after_it()
    {
        await Append(new Counted(1), new Total(10), new Counted(5), new Total(100), new Counted(2), new Counted(3));

        (await Streams(Guid.CreateVersion7()).Read(Stream, Decider, default)).Should().Be(105);
    }

    [Fact]
    public async Task Without_a_whole_event_the_whole_stream_is_read()
    {
        await Append([.. Enumerable.Range(0, 200).Select(_ => new Counted(1))]);

        (await Streams(Guid.CreateVersion7()).Read(Stream, Decider, default)).Should().Be(200);
    }

    [Fact]
    public async Task A_worker_appends_after_the_streams_end()
    {
        await Append([.. Enumerable.Range(0, 150).Select(i => new Total(i))]);

        var cursor = await Streams(Guid.CreateVersion7()).Open(Stream, Decider, default);
        var appended = await cursor.Append(new Counted(1), default);

        appended.Revision.Should().Be(150);
        cursor.State.Should().Be(150);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(CountingKit.EventSourcing.Streams.LookBack - 2)]
    public async Task A_repeat_finds_itself_behind_others(int later)
    {
        var commandId = Guid.CreateVersion7();
        var first = await Transact(commandId, isFirst: true, sum => [new Counted(1), new Total(sum + 2)]);
        for (var i = 0; i < later; i++) await Append(new Total(1000 + i));

        var again = await Transact(commandId, isFirst: false, _ => throw new InvalidOperationException("It decides nothing."));

        again.Appended.Should().Be(first.Appended);
        again.Events.Should().Equal(new Counted(1), new Total(2));
        again.State.Should().Be(later == 0 ? 2 : 999 + later);
    }

    [Fact]
    public async Task A_repeat_looks_as_far_back_as_its_number_is_old()
    {
        var (commandId, began) = (Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        var first = await Transact(commandId, isFirst: true, sum => [new Counted(1), new Total(sum + 2)]);
        for (var i = 0; i < 200; i++) await Append(new Total(1000 + i));

        var again = await Repeat(commandId, began).Transact(
            Stream, Decider, _ => throw new InvalidOperationException("It decides nothing."), default);
        var before = store.Read;
        await Repeat(Guid.CreateVersion7(), began.AddDays(3)).Transact(Stream, Decider, _ => [], default);

        again.Appended.Should().Be(first.Appended);
        (store.Read - before).Should().BeLessThan(CountingKit.EventSourcing.Streams.LookBack, "nothing was done before its number was seen");
    }

    [Fact]
    public async Task What_follows_from_an_event_is_looked_for_as_far_back_as_that()
    {
        var reactionId = Guid.CreateVersion7();
        for (var i = 0; i < 100; i++) await Append(new Total(i));
        var cause = (await Append(new Total(100))).Position;
        var first = await Follow(reactionId, cause, sum => [new Total(sum + 2)]);
        for (var i = 0; i < 40; i++) await Append(new Total(1000 + i));

        var again = await Follow(reactionId, cause, _ => throw new InvalidOperationException("It decides nothing."));
        var before = store.Read;
        await Follow(Guid.CreateVersion7(), again.Appended.Position, _ => []);
        var other = store.Read - before;

        again.Appended.Should().Be(first.Appended);
        again.Events.Should().Equal(new Total(102));
        other.Should().BeLessThan(80, "what lies before its cause is none of its own");
    }

    private Task<Transacted<int>> Follow(Guid reactionId, Position cause, Func<int, IReadOnlyList<IEvent>> decide) =>
        new Streams(store, catalog, new CurrentCommand { Context = Context(reactionId) with { After = cause } }, TimeProvider.System)
            .Transact(Stream, Decider, decide, default);

    private Streams Repeat(Guid commandId, DateTimeOffset since) =>
        new(store, catalog, new CurrentCommand { Context = Context(commandId) with { Since = since } }, TimeProvider.System);

    [Fact]
    public async Task A_thousandth_run_reads_what_the_hundredth_read()
    {
        var reads = new Dictionary<int, long>();
        for (var run = 1; run <= 1000; run++)
        {
            var before = store.Read;
            await Run(run);
            reads[run] = store.Read - before;
        }

        reads[1000].Should().Be(reads[100]).And.BeLessThan(2 * CountingKit.EventSourcing.Streams.LookBack);
    }

    [Fact]
    public async Task A_run_after_many_replays_into_other_tabs_reads_what_one_after_some_does()
    {
        await Run(0);
        var reads = new Dictionary<int, long>();
        for (var replay = 1; replay <= 300; replay++)
        {
            var before = store.Read;
            await Run(replay, "Beside");
            reads[replay] = store.Read - before;
        }

        reads[300].Should().Be(reads[100]).And.BeLessThan(2 * CountingKit.EventSourcing.Streams.LookBack);
    }

    /// <param name="beside">The tab of a replay into another than the exporter's own; null = it is none.</param>
    private async Task Run(int number, string? beside = null)
    {
        var (runId, stream) = (Guid.CreateVersion7(), RunQueue.StreamOf(Exporter));
        var wish = new RunQueued(
            Exporter, runId, number, Exporters.Configurations.Invoices, "sheet", Guid.Empty, RunTrigger.Schedule,
            ReplayOf: beside is null ? null : Guid.Empty, ReplayTab: beside);
        await Streams(Guid.CreateVersion7(), isFirst: true).Transact(
            stream, RunQueue.Decider, state => RunQueue.Request(state, wish, Guid.Empty), default);
        await Streams(Guid.CreateVersion7()).Transact(
            stream, RunQueue.Decider, state => RunQueue.Release(state, Exporter, runId, null), default);
    }

    private Streams Streams(Guid commandId, bool isFirst = false) =>
        new(store, catalog, new CurrentCommand { Context = Context(commandId) with { IsFirst = isFirst } }, TimeProvider.System);

    private Task<Transacted<int>> Transact(Guid commandId, bool isFirst, Func<int, IReadOnlyList<IEvent>> decide) =>
        Streams(commandId, isFirst).Transact(Stream, Decider, decide, default);

    private Task<Appended> Append(params IEvent[] events) => inner.Append(Stream, ExpectedRevision.Any,
        [.. events.Select(e => catalog.Serialize(e, Context(Guid.CreateVersion7()).ToMetadata(), Guid.CreateVersion7()))], default);

    private static CommandContext Context(Guid commandId) =>
        new(commandId, commandId, commandId, Actor.System, Guid.Empty, []);

    private sealed record Counted(int By) : IEvent;

    private sealed record Total(int Sum) : IEvent;
}
