using CountingKit.Adapters.EventStoreDb;
using CountingKit.EventSourcing;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.EventStoreDb.Faults;
using CountingKit.Tests.EventSourcing;
using EventStoreDbOptions = CountingKit.Adapters.EventStoreDb.EventStoreDbOptions;
using static CountingKit.Tests.EventStoreDb.TestStores;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>A server that swallows reads while its connections stay alive: they are made again, not waited for.</summary>
[Trait("Speed", "Slow")]
public sealed class SilentReads : IAsyncLifetime
{
    private readonly CancellationTokenSource giveUp = new(TimeSpan.FromSeconds(60));
    private readonly EventData[] sent = Events(3);
    private EventStoreDbNode node = null!;
    private EventStoreDbEventStore store = null!;

    public async Task InitializeAsync()
    {
        node = await EventStoreDbNode.Start();

        // Waits are over in a hundredth of their time; 100 seconds for a first answer are one.
        store = new(
            EventStoreDbOptions.Parse($"{node.ConnectionString}&defaultDeadline=100000", Environment.CurrentDirectory),
            new HurriedTime());
        await store.Append("order-1", ExpectedRevision.NoStream, sent, giveUp.Token);
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await node.DisposeAsync();
        giveUp.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("&defaultDeadline=100000")]
    public async Task Of_a_stream(string settings)
    {
        await using var reader = await Reader(settings);
        node.Faults.OnRead(CallFault.SilenceBefore);

        (await reader.Ids("order-1", giveUp.Token)).Should().Equal(sent.Select(e => e.Id));
        node.Faults.Waiting.Should().Be(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&defaultDeadline=100000")]
    public async Task Of_the_whole_log(string settings)
    {
        await using var reader = await Reader(settings);
        node.Faults.OnRead(CallFault.SilenceBefore);

        (await reader.AllIds(giveUp.Token)).Should().Equal(sent.Select(e => e.Id));
        node.Faults.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task Of_the_events_before_one_that_the_read_begins_with()
    {
        await using var reader = await Reader();
        var last = await reader.ReadAll(ReadDirection.Backwards, null, 1, giveUp.Token).SingleAsync(giveUp.Token);
        node.Faults.OnRead(CallFault.SilenceBefore);

        var read = reader.ReadAll(ReadDirection.Backwards, last.Position, null, giveUp.Token).Select(e => e.Id);

        (await read.ToListAsync(giveUp.Token)).Should().Equal(sent.AsEnumerable().Reverse().Select(e => e.Id));
        node.Faults.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task But_a_read_of_the_whole_log_may_outlast_the_patience_while_events_come()
    {
        var more = Events(8);
        await store.Append("order-2", ExpectedRevision.NoStream, more, giveUp.Token);
        await using var reader = await Reader();
        var before = node.Faults.Reads;
        node.Faults.ReadPause = TimeSpan.FromMilliseconds(800);

        (await reader.AllIds(giveUp.Token)).Should().Equal([.. sent, .. more], (id, e) => id == e.Id);
        (node.Faults.Reads - before).Should().Be(1);
    }

    [Fact]
    public async Task Of_a_subscription_before_its_confirmation()
    {
        node.Faults.OnRead(CallFault.SilenceBefore);

        (await Subscribed(sent.Length)).Should().Equal(sent.Select(e => e.Id));
        node.Faults.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task Of_a_subscription_that_catches_up()
    {
        node.Faults.CutSubscription(SubscriptionEnd.Silence, afterEvents: 2);

        (await Subscribed(sent.Length)).Should().Equal(sent.Select(e => e.Id));
        node.Faults.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task But_a_subscription_that_is_live_waits_as_long_as_nothing_happens()
    {
        await using var messages = store.SubscribeToAll(null, giveUp.Token).GetAsyncEnumerator(giveUp.Token);
        while (await messages.MoveNextAsync() && messages.Current is not SubscriptionMessage.CaughtUp) { }
        var next = messages.MoveNextAsync().AsTask();
        await Task.Delay(TimeSpan.FromSeconds(1), giveUp.Token);
        next.IsCompleted.Should().BeFalse();

        await store.Append("order-2", ExpectedRevision.NoStream, Events(1), giveUp.Token);

        await next;
        messages.Current.Should().BeOfType<SubscriptionMessage.Event>();
    }

    /// <summary>
    /// A store that has met its server. Twice as fast, 15 seconds of patience are 7.5, the last third of which, for the try
    /// that follows a silence, is long enough for a machine that has other work.
    /// </summary>
    private async Task<EventStoreDbEventStore> Reader(string settings = "")
    {
        var reader = new EventStoreDbEventStore(
            EventStoreDbOptions.Parse(node.ConnectionString + settings, Environment.CurrentDirectory), new FastTime(2));
        await reader.Ids("order-1", giveUp.Token);
        return reader;
    }

    private async Task<List<Guid>> Subscribed(int count) => await store.SubscribeToAll(null, giveUp.Token)
        .OfType<SubscriptionMessage.Event>().Take(count).Select(e => e.Stored.Id).ToListAsync(giveUp.Token);
}
