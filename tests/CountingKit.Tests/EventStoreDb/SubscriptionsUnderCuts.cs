using CountingKit.Adapters.EventStoreDb;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.EventStoreDb.Faults;
using EventStoreDbOptions = CountingKit.Adapters.EventStoreDb.EventStoreDbOptions;
using static CountingKit.Tests.EventStoreDb.TestStores;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>Subscriptions that break: each takes itself up again, and its reader sees every event once, in order.</summary>
[Trait("Speed", "Slow")]
public sealed class SubscriptionsUnderCuts : IAsyncLifetime
{
    private readonly CancellationTokenSource giveUp = new(TimeSpan.FromSeconds(Scale.Of(60, 600)));
    private EventStoreDbNode node = null!;
    private EventStoreDbEventStore store = null!;
    private EventStoreDbEventStore writer = null!;

    public async Task InitializeAsync()
    {
        node = await EventStoreDbNode.Start();
        store = Open(node.ConnectionString);

        // A connection of its own: what resets the subscription's must not hit appends.
        writer = Open(node.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await writer.DisposeAsync();
        await node.DisposeAsync();
        giveUp.Dispose();
    }

    [Fact]
    public async Task Cut_at_many_random_points_in_the_middle_of_batches_it_misses_and_doubles_nothing()
    {
        var cuts = Scale.Of(60, 1000);
        var random = new Random(20261126);
        var ends = Enum.GetValues<SubscriptionEnd>().Except([SubscriptionEnd.Silence]).ToArray();
        for (var i = 0; i < cuts; i++) node.Faults.CutSubscription(ends[random.Next(ends.Length)], random.Next(1, 12));
        var given = new List<Guid>();
        var reading = Task.Run(async () =>
        {
            await foreach (var message in store.SubscribeToAll(null, giveUp.Token))
            {
                if (message is not SubscriptionMessage.Event(var stored)) continue;
                given.Add(stored.Id);
                if (stored.Type == "last.v1") return;
            }
        });

        List<Guid> sent = [];
        for (var i = 0; i < cuts; i++)
        {
            var events = Events(random.Next(1, 25));
            await writer.Append($"s-{i % 5}", ExpectedRevision.Any, events, giveUp.Token);
            sent.AddRange(events.Select(e => e.Id));
        }

        var last = Event() with { Type = "last.v1" };
        await writer.Append("s-0", ExpectedRevision.Any, [last], giveUp.Token);
        await reading;

        given.Should().Equal([.. sent, last.Id]);
        node.Faults.Fired.Should().BeGreaterThan(cuts / 2);
    }

    [Theory]
    [InlineData(SubscriptionEnd.Reset)]
    [InlineData(SubscriptionEnd.TooSlow)]
    [InlineData(SubscriptionEnd.NotReady)]
    [InlineData(SubscriptionEnd.Normal)]
    [InlineData(SubscriptionEnd.Unknown)]
    public async Task However_it_ends_the_reader_is_told_that_it_is_behind_and_then_that_it_is_not(SubscriptionEnd end)
    {
        await using var messages = store.SubscribeToAll(null, giveUp.Token).GetAsyncEnumerator(giveUp.Token);
        await Until<SubscriptionMessage.CaughtUp>(messages);
        node.Faults.CutSubscription(end, afterEvents: 1);
        var sent = Events(2);
        await writer.Append("order-1", ExpectedRevision.Any, sent, giveUp.Token);

        // A reset may overtake the event that was sent before it: then it comes with the second call.
        List<SubscriptionMessage> given = [];
        while (given.LastOrDefault() is not SubscriptionMessage.CaughtUp && await messages.MoveNextAsync())
            if (messages.Current is not SubscriptionMessage.Checkpoint) given.Add(messages.Current);
        given.OfType<SubscriptionMessage.Event>().Select(e => e.Stored.Id).Should().Equal(sent.Select(e => e.Id));
        given.OfType<SubscriptionMessage.FellBehind>().Should().ContainSingle();
    }

    [Fact]
    public async Task A_position_that_the_server_does_not_know_is_told_and_not_tried_for_ever()
    {
        await using var messages = store.SubscribeToAll(new Position(13, 13), giveUp.Token).GetAsyncEnumerator(giveUp.Token);
        var read = async () => await Until<SubscriptionMessage.Event>(messages);

        await read.Should().ThrowAsync<EventStoreUnavailableException>();
    }

    [Fact]
    public async Task A_server_that_restarts_goes_on_where_it_was()
    {
        await using var messages = store.SubscribeToAll(null, giveUp.Token).GetAsyncEnumerator(giveUp.Token);
        await Until<SubscriptionMessage.CaughtUp>(messages);

        await node.Restart();
        var sent = Event();
        await writer.Append("order-1", ExpectedRevision.NoStream, [sent], giveUp.Token);

        (await Until<SubscriptionMessage.Event>(messages)).Stored.Id.Should().Be(sent.Id);
    }

    [Fact]
    public async Task A_server_that_is_not_there_yet_is_waited_for()
    {
        await node.Stop();
        await using var messages = store.SubscribeToAll(null, giveUp.Token).GetAsyncEnumerator(giveUp.Token);
        var caughtUp = Until<SubscriptionMessage.CaughtUp>(messages);
        await Task.Delay(300, giveUp.Token);

        await node.Restart();

        await caughtUp;
    }

    [Fact]
    public async Task A_reader_too_slow_for_the_server_loses_nothing()
    {
        await using var messages = store.SubscribeToAll(null, giveUp.Token).GetAsyncEnumerator(giveUp.Token);
        await Until<SubscriptionMessage.CaughtUp>(messages);
        List<Guid> sent = [];
        for (var i = 0; i < 40; i++)
        {
            var events = Events(10, size: 20_000);
            await writer.Append("big-1", ExpectedRevision.Any, events, giveUp.Token);
            sent.AddRange(events.Select(e => e.Id));
        }

        await Task.Delay(TimeSpan.FromSeconds(1), giveUp.Token);
        List<Guid> given = [];
        while (given.Count < sent.Count) given.Add((await Until<SubscriptionMessage.Event>(messages)).Stored.Id);

        given.Should().Equal(sent);
    }

    [Fact]
    public async Task A_reader_that_stands_still_gives_up_its_call_and_misses_nothing()
    {
        var options = EventStoreDbOptions.Parse(node.ConnectionString, Environment.CurrentDirectory);
        options.Stall = TimeSpan.FromMilliseconds(50);
        await using var stalling = new EventStoreDbEventStore(options, TimeProvider.System);
        var sent = Events(300);
        await writer.Append("order-1", ExpectedRevision.NoStream, sent, giveUp.Token);
        await using var messages = stalling.SubscribeToAll(null, giveUp.Token).GetAsyncEnumerator(giveUp.Token);
        List<Guid> given = [];

        while (given.Count < sent.Length)
        {
            given.Add((await Until<SubscriptionMessage.Event>(messages)).Stored.Id);
            if (given.Count % 100 == 1) await Task.Delay(200, giveUp.Token);
        }

        given.Should().Equal(sent.Select(e => e.Id));
    }

    private static async Task<T> Until<T>(IAsyncEnumerator<SubscriptionMessage> messages) where T : SubscriptionMessage
    {
        while (await messages.MoveNextAsync())
            if (messages.Current is T wanted) return wanted;
        throw new InvalidOperationException("A subscription has no end of its own.");
    }
}
