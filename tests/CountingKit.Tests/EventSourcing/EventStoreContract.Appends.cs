using System.Text;
using CountingKit.EventSourcing;

namespace CountingKit.Tests.EventSourcing;

public abstract partial class EventStoreContract
{
    [Fact]
    public async Task The_first_append_to_a_stream_answers_the_revision_and_position_of_its_last_event()
    {
        var appended = await Append(Stream(), ExpectedRevision.NoStream, Events(3));

        appended.Revision.Should().Be(2);
        (await Read(Stream()))[^1].Position.Should().Be(appended.Position);
    }

    [Fact]
    public async Task Everything_of_an_event_is_read_as_it_was_appended()
    {
        var sent = Event("renamed.v2", """{"name":"Żółw 🐢","amount":"0090"}""", """{"$correlationId":"c"}""");

        await Append(Stream(), ExpectedRevision.NoStream, sent);

        var read = (await Read(Stream())).Single();
        read.Id.Should().Be(sent.Id);
        read.Stream.Should().Be(Stream());
        read.Revision.Should().Be(0);
        read.Type.Should().Be("renamed.v2");
        read.Created.Offset.Should().Be(TimeSpan.Zero);
        read.Created.Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
        read.Data.ToArray().Should().Equal(sent.Data.ToArray());
        read.Metadata.ToArray().Should().Equal(sent.Metadata.ToArray());
    }

    [Fact]
    public async Task Data_that_is_a_slice_of_a_larger_buffer_is_stored_alone()
    {
        var buffer = Encoding.UTF8.GetBytes("xx{\"a\":1}yy");
        var sent = new EventData(Guid.CreateVersion7(), "sliced.v1", buffer.AsMemory(2, 7), ReadOnlyMemory<byte>.Empty);

        await Append(Stream(), ExpectedRevision.NoStream, sent);

        var read = (await Read(Stream())).Single();
        Encoding.UTF8.GetString(read.Data.Span).Should().Be("{\"a\":1}");
        read.Metadata.Length.Should().Be(0);
    }

    [Fact]
    public async Task An_append_at_the_streams_revision_goes_on_from_there()
    {
        var first = await Append(Stream(), ExpectedRevision.NoStream, Events(2));

        var second = await Append(Stream(), ExpectedRevision.At(1), Events(2));

        second.Revision.Should().Be(3);
        second.Position.Should().BeGreaterThan(first.Position);
        (await Read(Stream())).Select(read => read.Revision).Should().Equal(0, 1, 2, 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(long.MaxValue)]
    public async Task Another_revision_than_the_streams_is_a_conflict_and_nothing_is_written(long expected)
    {
        await Append(Stream(), ExpectedRevision.NoStream, Events(2));

        await Conflict(() => Append(Stream(), ExpectedRevision.At((ulong)expected), Event()), actual: 1);

        (await Read(Stream())).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_conflict_names_the_stream_and_what_was_expected()
    {
        var append = () => Append(Stream(), ExpectedRevision.At(4), Event());

        var refused = (await append.Should().ThrowAsync<WrongExpectedRevisionException>()).Which;

        refused.Stream.Should().Be(Stream());
        refused.Expected.Should().Be(ExpectedRevision.At(4));
        refused.Actual.Should().BeNull();
    }

    [Fact]
    public async Task No_stream_is_a_conflict_where_there_is_one()
    {
        await Append(Stream(), ExpectedRevision.NoStream, Event());

        await Conflict(() => Append(Stream(), ExpectedRevision.NoStream, Event()), actual: 0);
    }

    [Fact]
    public async Task A_revision_or_an_existing_stream_is_a_conflict_where_there_is_none()
    {
        await Conflict(() => Append(Stream(), ExpectedRevision.At(0), Event()), actual: null);
        await Conflict(() => Append(Stream(), ExpectedRevision.StreamExists, Event()), actual: null);

        (await Read(Stream())).Should().BeEmpty();
    }

    [Fact]
    public async Task Any_and_stream_exists_append_at_the_end()
    {
        (await Append(Stream(), ExpectedRevision.Any, Event())).Revision.Should().Be(0);
        (await Append(Stream(), ExpectedRevision.StreamExists, Event())).Revision.Should().Be(1);
        (await Append(Stream(), ExpectedRevision.Any, Event())).Revision.Should().Be(2);
    }

    [Fact]
    public async Task Streams_whose_names_differ_in_case_alone_are_different()
    {
        await Append(Stream("case"), ExpectedRevision.NoStream, Event());

        (await Append(Stream("Case"), ExpectedRevision.NoStream, Event())).Revision.Should().Be(0);
    }

    [Fact]
    public async Task A_thousand_events_in_one_append_stand_in_their_order()
    {
        var sent = Events(1000);

        (await Append(Stream(), ExpectedRevision.NoStream, sent)).Revision.Should().Be(999);

        (await IdsOf(Stream())).Should().Equal(sent.Select(@event => @event.Id));
    }
}
