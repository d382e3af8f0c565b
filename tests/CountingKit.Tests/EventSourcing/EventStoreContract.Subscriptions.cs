using CountingKit.EventSourcing;

namespace CountingKit.Tests.EventSourcing;

public abstract partial class EventStoreContract
{
    [Fact]
    public async Task A_subscription_from_the_start_gives_history_says_so_and_goes_on_live()
    {
        var history = Events(3);
        await Append(Stream(), ExpectedRevision.NoStream, history);
        await using var subscription = Subscribe(after: null);

        (await subscription.Own(3)).Should().Equal(history.Select(@event => @event.Id));
        await subscription.CaughtUp();
        var live = Event();
        await Append(Stream("b"), ExpectedRevision.NoStream, live);

        (await subscription.Own(1)).Should().Equal(live.Id);
    }

    [Fact]
    public async Task A_subscription_begins_behind_its_position_and_not_with_it()
    {
        var appended = await Append(Stream(), ExpectedRevision.NoStream, Event());
        var next = Event();
        await Append(Stream(), ExpectedRevision.At(0), next);
        await using var subscription = Subscribe(appended.Position);

        (await subscription.Own(1)).Should().Equal(next.Id);
    }

    [Fact]
    public async Task A_subscription_after_the_last_event_is_caught_up_at_once()
    {
        await using var subscription = Subscribe(await Mark());

        await subscription.CaughtUp();

        var live = Event();
        await Append(Stream(), ExpectedRevision.NoStream, live);
        (await subscription.Own(1)).Should().Equal(live.Id);
    }

    [Fact]
    public async Task A_subscription_taken_up_again_after_any_event_misses_and_repeats_nothing()
    {
        var mark = await Mark();
        for (var i = 0; i < 6; i++) await Append(Stream($"s{i % 2}"), ExpectedRevision.Any, Events(1 + (i % 2)));
        var all = (await ReadAllOwn(ReadDirection.Forwards, mark)).Skip(1).ToArray();

        for (var given = 0; given < all.Length; given++)
        {
            await using var subscription = Subscribe(given == 0 ? mark : all[given - 1].Position);
            (await subscription.Own(all.Length - given)).Should().Equal(all[given..].Select(read => read.Id));
        }
    }

    [Fact]
    public async Task A_slow_reader_loses_nothing()
    {
        await using var subscription = Subscribe(await Mark());
        await subscription.CaughtUp();
        List<Guid> sent = [];
        for (var i = 0; i < 10; i++)
        {
            var events = Events(100);
            await Append(Stream(), ExpectedRevision.Any, events);
            sent.AddRange(events.Select(@event => @event.Id));
        }

        (await subscription.Own(1000)).Should().Equal(sent);
    }

    [Fact]
    public async Task Events_appended_while_history_is_given_come_once_and_in_order()
    {
        var mark = await Mark();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++) await Append(Stream($"s{i % 3}"), ExpectedRevision.Any, Event());
        });
        await using var subscription = Subscribe(mark);

        var given = await subscription.Own(200);

        await writing;
        given.Should().Equal((await ReadAllOwn(ReadDirection.Forwards, mark)).Skip(1).Select(read => read.Id));
    }

    [Fact]
    public async Task A_subscription_sees_what_another_instance_appends()
    {
        var other = OpenAnother();
        await using var subscription = Subscribe(await Mark());
        await subscription.CaughtUp();

        var sent = Event();
        await other.Append(Stream(), ExpectedRevision.NoStream, [sent], Ct);

        (await subscription.Own(1)).Should().Equal(sent.Id);
    }

    [Fact]
    public async Task Many_subscriptions_each_get_everything()
    {
        var mark = await Mark();
        var subscriptions = Enumerable.Range(0, 8).Select(_ => Subscribe(mark)).ToArray();
        var sent = Events(5);
        await Append(Stream(), ExpectedRevision.NoStream, sent);

        foreach (var subscription in subscriptions)
        {
            (await subscription.Own(5)).Should().Equal(sent.Select(@event => @event.Id));
            await subscription.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_subscription_ends_when_it_is_cancelled_also_while_it_waits()
    {
        await using var subscription = Subscribe(await Mark());
        await subscription.CaughtUp();
        var waiting = subscription.Own(1);

        await subscription.Cancel();

        await ((Func<Task>)(() => waiting)).Should().ThrowAsync<OperationCanceledException>();
    }

    private SubscriptionReader Subscribe(Position? after) => new(Store, after, IsOwn, Ct);
}
