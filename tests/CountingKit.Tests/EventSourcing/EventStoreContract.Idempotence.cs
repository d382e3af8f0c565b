using System.Text;
using CountingKit.EventSourcing;

namespace CountingKit.Tests.EventSourcing;

public abstract partial class EventStoreContract
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_repeat_answers_what_the_first_answered_also_after_later_events_and_a_restart(bool restart)
    {
        var (opening, following) = (Events(2), Events(2));
        var first = await Append(Stream(), ExpectedRevision.NoStream, opening);
        var second = await Append(Stream(), ExpectedRevision.At(1), following);
        await Append(Stream(), ExpectedRevision.At(3), Events(3));
        if (restart) await Restart();

        (await Append(Stream(), ExpectedRevision.NoStream, opening)).Should().Be(first);
        (await Append(Stream(), ExpectedRevision.At(1), following)).Should().Be(second);

        (await Read(Stream())).Should().HaveCount(7);
    }

    [Fact]
    public async Task A_repeat_of_the_leading_part_answers_where_that_part_ended()
    {
        var events = Events(3);
        await Append(Stream(), ExpectedRevision.NoStream, events);

        var repeated = await Append(Stream(), ExpectedRevision.NoStream, events[..2]);

        repeated.Should().Be(new Appended(1, (await Read(Stream()))[1].Position));
        (await Read(Stream())).Should().HaveCount(3);
    }

    [Fact]
    public async Task A_repeat_is_told_by_ids_and_not_by_content()
    {
        var sent = Event("first.v1", """{"a":1}""");
        var first = await Append(Stream(), ExpectedRevision.NoStream, sent);

        var changed = sent with { Type = "other.v1", Data = Encoding.UTF8.GetBytes("""{"a":2}""") };
        (await Append(Stream(), ExpectedRevision.NoStream, changed)).Should().Be(first);

        (await Read(Stream())).Single().Type.Should().Be("first.v1");
    }

    [Fact]
    public async Task A_known_event_followed_by_an_unknown_one_is_a_conflict()
    {
        var events = Events(2);
        await Append(Stream(), ExpectedRevision.NoStream, events);

        await Conflict(() => Append(Stream(), ExpectedRevision.NoStream, events[0], Event()), actual: 1);
        await Conflict(() => Append(Stream(), ExpectedRevision.NoStream, [.. events, Event()]), actual: 1);
        await Conflict(() => Append(Stream(), ExpectedRevision.Any, [.. events, Event()]), actual: 1);
        await Conflict(() => Append(Stream(), ExpectedRevision.StreamExists, events[1], Event()), actual: 1);
        (await IdsOf(Stream())).Should().Equal(events.Select(@event => @event.Id));
    }

    [Fact]
    public async Task The_same_events_in_another_order_are_a_conflict()
    {
        var events = Events(2);
        await Append(Stream(), ExpectedRevision.NoStream, events);

        await Conflict(() => Append(Stream(), ExpectedRevision.NoStream, events[1], events[0]), actual: 1);
    }

    [Fact]
    public async Task The_same_events_with_another_expected_revision_are_a_conflict()
    {
        var events = Events(3);
        await Append(Stream(), ExpectedRevision.NoStream, events);

        await Conflict(() => Append(Stream(), ExpectedRevision.At(0), events), actual: 2);
    }

    [Fact]
    public async Task The_same_id_with_the_streams_revision_is_written_again()
    {
        var sent = Event();
        await Append(Stream(), ExpectedRevision.NoStream, sent);

        (await Append(Stream(), ExpectedRevision.At(0), sent)).Revision.Should().Be(1);

        (await IdsOf(Stream())).Should().Equal(sent.Id, sent.Id);
    }

    [Fact]
    public async Task A_repeat_of_what_was_written_twice_is_known_in_both_places()
    {
        var sent = Event();
        var first = await Append(Stream(), ExpectedRevision.NoStream, sent);
        var second = await Append(Stream(), ExpectedRevision.At(0), sent);
        await Append(Stream(), ExpectedRevision.At(1), Event());

        (await Append(Stream(), ExpectedRevision.NoStream, sent)).Should().Be(first);
        (await Append(Stream(), ExpectedRevision.At(0), sent)).Should().Be(second);
    }

    [Fact]
    public async Task The_same_id_in_another_stream_is_written()
    {
        var sent = Event();
        await Append(Stream("a"), ExpectedRevision.NoStream, sent);

        (await Append(Stream("b"), ExpectedRevision.NoStream, sent)).Revision.Should().Be(0);

        (await IdsOf(Stream("b"))).Should().Equal(sent.Id);
    }

    [Fact]
    public async Task Two_equal_ids_in_one_append_are_both_written()
    {
        var sent = Event();
        var first = await Append(Stream(), ExpectedRevision.NoStream, sent, sent);

        (await Append(Stream(), ExpectedRevision.NoStream, sent, sent)).Should().Be(first);

        (await IdsOf(Stream())).Should().Equal(sent.Id, sent.Id);
    }

    [Fact]
    public async Task A_repeat_with_any_or_stream_exists_is_known_while_it_is_recent()
    {
        var (opening, following) = (Events(2), Events(2));
        var first = await Append(Stream(), ExpectedRevision.Any, opening);
        var second = await Append(Stream(), ExpectedRevision.StreamExists, following);

        (await Append(Stream(), ExpectedRevision.Any, opening)).Should().Be(first);
        (await Append(Stream(), ExpectedRevision.StreamExists, following)).Should().Be(second);

        (await Read(Stream())).Should().HaveCount(4);
    }

    [Fact]
    public async Task A_conflict_leaves_the_append_free_to_be_made_at_the_right_revision()
    {
        var sent = Events(2);
        await Append(Stream(), ExpectedRevision.NoStream, Event());
        await Conflict(() => Append(Stream(), ExpectedRevision.NoStream, sent), actual: 0);

        (await Append(Stream(), ExpectedRevision.At(0), sent)).Revision.Should().Be(2);
    }
}
