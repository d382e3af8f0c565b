using CountingKit.EventSourcing;

namespace CountingKit.Tests.EventSourcing;

public abstract partial class EventStoreContract
{
    [Fact]
    public async Task An_append_of_one_mebibyte_is_taken()
    {
        await Append(Stream(), ExpectedRevision.NoStream, OfSize(IEventStore.AppendLimit - 10, 10));

        (await Read(Stream())).Single().Data.Length.Should().Be(IEventStore.AppendLimit - 10);
    }

    [Fact]
    public async Task One_byte_more_is_refused_whether_in_data_or_metadata_or_over_several_events()
    {
        await Refused(() => Append(Stream(), ExpectedRevision.Any, OfSize(IEventStore.AppendLimit + 1, 0)));
        await Refused(() => Append(Stream(), ExpectedRevision.Any, OfSize(IEventStore.AppendLimit - 9, 10)));
        const int half = IEventStore.AppendLimit / 2;
        await Refused(() => Append(Stream(), ExpectedRevision.Any, OfSize(half, 0), OfSize(half, 1)));

        (await Read(Stream())).Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("$all")]
    [InlineData("$ce-connection")]
    [InlineData(null)]
    public async Task A_bad_stream_name_is_refused(string? stream)
    {
        await Refused(() => Append(stream!, ExpectedRevision.Any, Event()));
        await Refused(() => Read(stream!));
    }

    [Fact]
    public async Task A_stream_name_has_at_most_1024_characters()
    {
        var longest = Stream(new string('n', 1023 - Stream("").Length + 1));
        longest.Should().HaveLength(1024);

        (await Append(longest, ExpectedRevision.NoStream, Event())).Revision.Should().Be(0);
        (await Read(longest)).Should().ContainSingle();
        await Refused(() => Append("x" + longest, ExpectedRevision.NoStream, Event()));
    }

    [Fact]
    public async Task No_events_an_empty_id_and_an_empty_or_system_type_are_refused()
    {
        await Refused(() => Append(Stream(), ExpectedRevision.Any));
        await Refused(() => Append(Stream(), ExpectedRevision.Any, Event(), Event() with { Id = Guid.Empty }));
        await Refused(() => Append(Stream(), ExpectedRevision.Any, Event(), Event(type: "")));
        await Refused(() => Append(Stream(), ExpectedRevision.Any, Event(), Event(type: "$metadata")));

        (await Read(Stream())).Should().BeEmpty();
    }

    [Fact]
    public async Task An_append_that_is_cancelled_before_it_starts_writes_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        var append = () => Store.Append(Stream(), ExpectedRevision.Any, Events(1), cancelled);

        await append.Should().ThrowAsync<OperationCanceledException>();

        (await Read(Stream())).Should().BeEmpty();
    }

    [Fact]
    public async Task A_cancelled_read_stops()
    {
        await Append(Stream(), ExpectedRevision.NoStream, Events(10));
        using var cancelling = new CancellationTokenSource();
        var given = 0;

        var read = async () =>
        {
            await foreach (var _ in Store.ReadStream(Stream(), ReadDirection.Forwards, null, null, cancelling.Token))
            {
                given++;
                await cancelling.CancelAsync();
            }
        };

        await read.Should().ThrowAsync<OperationCanceledException>();
        given.Should().Be(1);
    }

    private static EventData OfSize(int data, int metadata) =>
        new(Guid.CreateVersion7(), "sized.v1", new byte[data], new byte[metadata]);

    private static Task Refused(Func<Task> act) => act.Should().ThrowAsync<ArgumentException>();
}
