using CountingKit.EventSourcing;

namespace CountingKit.Tests.EventSourcing;

public abstract partial class EventStoreContract
{
    [Theory]
    [InlineData(ReadDirection.Forwards)]
    [InlineData(ReadDirection.Backwards)]
    public async Task A_stream_that_does_not_exist_gives_nothing(ReadDirection direction)
    {
        (await Read(Stream(), direction)).Should().BeEmpty();
        (await Read(Stream(), direction, from: 5, maxCount: 5)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(null, null, new ulong[] { 0, 1, 2, 3, 4 })]
    [InlineData(0UL, 2L, new ulong[] { 0, 1 })]
    [InlineData(3UL, null, new ulong[] { 3, 4 })]
    [InlineData(4UL, 10L, new ulong[] { 4 })]
    [InlineData(5UL, null, new ulong[0])]
    [InlineData(null, 0L, new ulong[0])]
    [InlineData(null, long.MaxValue, new ulong[] { 0, 1, 2, 3, 4 })]
    public async Task A_stream_is_read_forwards(ulong? from, long? maxCount, ulong[] revisions)
    {
        await Append(Stream(), ExpectedRevision.NoStream, Events(5));

        var read = await Read(Stream(), ReadDirection.Forwards, from, maxCount);

        read.Select(one => one.Revision).Should().Equal(revisions);
    }

    [Theory]
    [InlineData(null, null, new ulong[] { 4, 3, 2, 1, 0 })]
    [InlineData(null, 1L, new ulong[] { 4 })]
    [InlineData(2UL, null, new ulong[] { 2, 1, 0 })]
    [InlineData(2UL, 2L, new ulong[] { 2, 1 })]
    [InlineData(0UL, null, new ulong[] { 0 })]
    [InlineData(9UL, 2L, new ulong[] { 4, 3 })]
    public async Task A_stream_is_read_backwards(ulong? from, long? maxCount, ulong[] revisions)
    {
        await Append(Stream(), ExpectedRevision.NoStream, Events(5));

        var read = await Read(Stream(), ReadDirection.Backwards, from, maxCount);

        read.Select(one => one.Revision).Should().Equal(revisions);
    }

    [Fact]
    public async Task A_negative_count_is_refused()
    {
        await Refused(() => Read(Stream(), maxCount: -1));
        await Refused(() => Collect(Store.ReadAll(ReadDirection.Forwards, null, -1, Ct)));
    }

    [Fact]
    public async Task Long_streams_and_large_events_come_whole_and_in_order_both_ways()
    {
        for (var i = 0; i < 7; i++) await Append(Stream(), ExpectedRevision.Any, Events(100));
        for (var i = 0; i < 5; i++) await Append(Stream(), ExpectedRevision.Any, OfSize(600_000, 1000));

        var forwards = await Read(Stream());
        var backwards = await Read(Stream(), ReadDirection.Backwards);

        forwards.Select(read => read.Revision).Should().Equal(Enumerable.Range(0, 705).Select(i => (ulong)i));
        backwards.Select(read => read.Id).Should().Equal(forwards.Select(read => read.Id).Reverse());
    }

    [Fact]
    public async Task All_is_in_the_order_of_positions_which_is_the_order_of_the_appends()
    {
        var mark = await Mark();
        List<Guid> sent = [];
        for (var i = 0; i < 10; i++)
        {
            var events = Events(1 + (i % 3));
            await Append(Stream($"s{i % 4}"), ExpectedRevision.Any, events);
            sent.AddRange(events.Select(@event => @event.Id));
        }

        var all = await ReadAllOwn(ReadDirection.Forwards, mark);

        all.Select(read => read.Position).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        all.Skip(1).Select(read => read.Id).Should().Equal(sent);
        all[0].Position.Should().Be(mark, "a read begins with the event at its position");
    }

    [Fact]
    public async Task All_is_read_backwards_from_the_end_and_from_a_position()
    {
        var first = Event();
        var position = (await Append(Stream(), ExpectedRevision.NoStream, first)).Position;
        var last = Event();
        await Append(Stream("b"), ExpectedRevision.NoStream, last);

        (await Collect(Store.ReadAll(ReadDirection.Backwards, null, 1, Ct))).Should().ContainSingle();
        var fromPosition = await Collect(Store.ReadAll(ReadDirection.Backwards, position, 1, Ct));
        fromPosition.Single().Id.Should().Be(first.Id);
        var newestFirst = await Collect(Store.ReadAll(ReadDirection.Backwards, null, 1000, Ct));
        newestFirst.Where(IsOwn).Select(read => read.Id).Should().Equal(last.Id, first.Id);
    }

    [Fact]
    public async Task All_gives_no_more_than_asked_for_and_can_be_read_in_steps()
    {
        var mark = await Mark();
        await Append(Stream(), ExpectedRevision.NoStream, Events(9));
        var whole = await Collect(Store.ReadAll(ReadDirection.Forwards, mark, 10, Ct));

        List<StoredEvent> stepwise = [whole[0]];
        while (stepwise.Count < whole.Count)
        {
            var step = await Collect(Store.ReadAll(ReadDirection.Forwards, stepwise[^1].Position, 4, Ct));
            stepwise.AddRange(step.Skip(1));
        }

        stepwise.Take(10).Select(read => read.Position).Should().Equal(whole.Select(read => read.Position));
    }

    [Fact]
    public async Task What_was_acknowledged_is_read_at_once_by_another_instance()
    {
        var sent = Event();
        var appended = await Append(Stream(), ExpectedRevision.NoStream, sent);

        var other = OpenAnother();

        var stream = await Collect(other.ReadStream(Stream(), ReadDirection.Forwards, null, null, Ct));
        stream.Single().Id.Should().Be(sent.Id);
        var all = await Collect(other.ReadAll(ReadDirection.Forwards, appended.Position, 1, Ct));
        all.Single().Id.Should().Be(sent.Id);
    }

    private async Task<List<StoredEvent>> ReadAllOwn(ReadDirection direction, Position from) =>
        [.. (await Collect(Store.ReadAll(direction, from, null, Ct))).Where(IsOwn)];
}
