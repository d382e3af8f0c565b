using System.Globalization;
using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using Google.Protobuf;
using static CountingKit.Tests.EventStoreDb.StandInClient;
using static CountingKit.Tests.EventStoreDb.StandInNode;
using Content = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadResp.ContentOneofCase;
using Direction = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadReq.Types.Options.Types.ReadDirection;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>What a real server answered to bounded reads, held against the stand-in.</summary>
public sealed class StandInReads(StandInNode node) : IClassFixture<StandInNode>
{
    private readonly StandInClient _client = node.Client;

    [Fact]
    public async Task An_event_comes_back_as_it_was_sent_with_its_place_and_time()
    {
        var (stream, sent) = (NewStream(), Event(type: "paid.v1", data: "{\"n\":1}"));
        sent.Metadata["content-type"] = "text/plain";
        sent.CustomMetadata = ByteString.CopyFromUtf8("{}");
        await _client.AppendNew(stream, sent);

        var read = (await _client.Read(Stream(stream)))[0].Event;

        read.PositionCase.Should().Be(ReadResp.Types.ReadEvent.PositionOneofCase.CommitPosition);
        read.Event.Id.String.Should().Be(sent.Id.String);
        read.Event.StreamIdentifier.StreamName.ToStringUtf8().Should().Be(stream);
        read.Event.Data.Should().BeEquivalentTo(sent.Data);
        read.Event.CustomMetadata.Should().BeEquivalentTo(sent.CustomMetadata);
        read.Event.Metadata["type"].Should().Be("paid.v1");
        read.Event.Metadata["content-type"].Should().Be("application/octet-stream");
        var created = DateTime.UnixEpoch.AddTicks(long.Parse(read.Event.Metadata["created"], CultureInfo.InvariantCulture));
        created.Should().BeCloseTo(TimeProvider.System.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Ids_are_written_as_asked()
    {
        var (stream, id) = (NewStream(), new Guid("00112233-4455-6677-8899-aabbccddeeff"));
        await _client.AppendNew(stream, Event(id));
        var options = Stream(stream);
        options.UuidOption = new() { Structured = new() };

        var structured = (await _client.Read(options))[0].Event.Event.Id.Structured;

        structured.MostSignificantBits.Should().Be(0x0011223344556677);
        structured.LeastSignificantBits.Should().Be(unchecked((long)0x8899aabbccddeeff));
    }

    [Fact]
    public async Task Forwards_begins_with_the_revision_and_backwards_with_the_last_event()
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Events(5));
        var (forwards, backwards) = (Stream(stream), Stream(stream, count: 1));
        forwards.Stream.Revision = 3;
        (backwards.Stream.End, backwards.ReadDirection) = (new(), Direction.Backwards);

        Revisions(await _client.Read(forwards)).Should().Equal(3, 4);
        Revisions(await _client.Read(backwards)).Should().Equal(4);
        backwards.Count = ulong.MaxValue;
        Revisions(await _client.Read(backwards)).Should().Equal(4, 3, 2, 1, 0);
    }

    [Fact]
    public async Task A_missing_stream_is_a_message_and_no_error() =>
        (await _client.Read(Stream(NewStream()))).Should().ContainSingle()
            .Which.ContentCase.Should().Be(Content.StreamNotFound);

    [Fact]
    public async Task Beyond_the_end_only_the_ends_are_told()
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Events(2));
        var options = Stream(stream);
        options.Stream.Revision = 9;

        var messages = await _client.Read(options);

        messages.Select(message => message.ContentCase).Should().Equal(Content.FirstStreamPosition, Content.LastStreamPosition);
        messages[0].FirstStreamPosition.Should().Be(2);
        messages[1].LastStreamPosition.Should().Be(1);
    }

    [Theory]
    [InlineData("""{"$maxCount":2}""", new ulong[] { 3, 4 })]
    [InlineData("""{"$tb":4}""", new ulong[] { 4 })]
    [InlineData("""{"$tb":9}""", new ulong[0])]
    public async Task Hidden_events_are_skipped_in_their_stream_and_stay_in_the_whole_log(string metadata, ulong[] seen)
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Events(5));
        await _client.AppendNew("$$" + stream, Event(type: "$metadata", data: metadata));

        var messages = await _client.Read(Stream(stream));

        Revisions(messages).Should().Equal(seen);
        messages.Should().NotContain(message => message.ContentCase == Content.StreamNotFound);
        messages.Count(message => message.ContentCase == Content.FirstStreamPosition).Should().Be(seen.Length == 0 ? 2 : 1);
        (await InAll(stream)).Should().HaveCount(5);
    }

    [Fact]
    public async Task The_whole_log_is_ordered_with_gaps_and_holds_system_events()
    {
        await _client.AppendNew(NewStream(), Events(3));

        var positions = (await _client.Read(All())).Select(message => message.Event.Event.CommitPosition).ToList();
        var types = (await _client.Read(All())).Select(message => message.Event.Event.Metadata["type"]);

        positions.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        positions.Zip(positions.Skip(1)).Should().Contain(pair => pair.Second - pair.First > 1);
        types.Should().Contain(type => type.StartsWith('$'));
    }

    [Fact]
    public async Task A_position_is_inclusive_forwards_and_filters_choose()
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Event(type: "a.v1"), Event(type: "b.v1"), Event(type: "c.v1"));
        var events = await InAll(stream);
        var options = All();
        options.All.Position = new() { CommitPosition = events[1].CommitPosition, PreparePosition = events[1].CommitPosition };
        options.Filter = new() { Count = new(), StreamIdentifier = new() { Prefix = { stream, "none-" } } };

        Types(await _client.Read(options)).Should().Equal("b.v1", "c.v1");
        options.Filter = new() { Max = 1, EventType = new() { Regex = "^c.v1$" } };
        Types(await _client.Read(options)).Should().Contain("c.v1").And.OnlyContain(type => type == "c.v1");
    }

    private async Task<List<ReadResp.Types.ReadEvent.Types.RecordedEvent>> InAll(string stream) =>
        [.. (await _client.Read(All())).Select(message => message.Event.Event)
            .Where(one => one.StreamIdentifier.StreamName.ToStringUtf8() == stream)];

    private static IEnumerable<ulong> Revisions(IEnumerable<ReadResp> messages) =>
        messages.Where(message => message.Event is not null).Select(message => message.Event.Event.StreamRevision);

    private static IEnumerable<string> Types(IEnumerable<ReadResp> messages) =>
        messages.Select(message => message.Event.Event.Metadata["type"]);
}
