using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using static CountingKit.Tests.EventStoreDb.StandInClient;
using static CountingKit.Tests.EventStoreDb.StandInNode;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>What a real server answered to repeats of appends, held against the stand-in.</summary>
public sealed class StandInIdempotence(StandInNode node) : IClassFixture<StandInNode>
{
    private readonly StandInClient _client = node.Client;

    [Fact]
    public async Task The_same_append_answers_as_the_first_did_and_writes_nothing()
    {
        var (stream, events) = (NewStream(), Events(2));
        var first = await _client.AppendNew(stream, events);
        await _client.Append(stream, 1, Events(3));

        var again = await _client.AppendNew(stream, events);

        again.Success.Should().Be(first.Success);
        (await Count(stream)).Should().Be(5);
    }

    [Fact]
    public async Task A_leading_part_of_the_events_answers_the_revision_of_the_last_given()
    {
        var (stream, events) = (NewStream(), Events(3));
        await _client.AppendNew(stream, events);

        (await _client.AppendNew(stream, events[..2])).Success.CurrentRevision.Should().Be(1);
    }

    [Fact]
    public async Task Content_is_not_compared()
    {
        var (stream, one) = (NewStream(), Event(data: "1"));
        await _client.AppendNew(stream, one);
        var other = Event(Guid.Parse(one.Id.String), "other.v1", "2");

        (await _client.AppendNew(stream, other)).Success.CurrentRevision.Should().Be(0);
        (await Count(stream)).Should().Be(1);
    }

    [Fact]
    public async Task A_known_event_before_an_unknown_one_is_a_conflict()
    {
        var (stream, events) = (NewStream(), Events(1));
        await _client.AppendNew(stream, events);

        var exact = await _client.AppendNew(stream, [.. events, Event()]);
        var any = await _client.AppendAny(stream, [.. events, Event()]);

        exact.WrongExpectedVersion.CurrentRevision.Should().Be(0);
        any.WrongExpectedVersion.ExpectedAny.Should().NotBeNull();
    }

    [Fact]
    public async Task Without_a_revision_a_repeat_is_known_until_a_restart()
    {
        await using var other = await Testing.EventStoreDb.EventStoreDbNode.Start();
        using var client = new StandInClient(other.Address);
        var (any, exact) = (Events(2), Events(2));
        await client.AppendAny("order-any", any);
        await client.AppendNew("order-exact", exact);

        (await client.AppendAny("order-any", any)).Success.CurrentRevision.Should().Be(1);
        (await client.AppendExisting("order-any", any)).Success.CurrentRevision.Should().Be(1);
        await other.Restart();
        using var after = new StandInClient(other.Address);

        (await after.AppendAny("order-any", any)).Success.CurrentRevision.Should().Be(3);
        (await after.AppendNew("order-exact", exact)).Success.CurrentRevision.Should().Be(1);
    }

    [Fact]
    public async Task The_same_id_at_the_current_revision_is_written_again()
    {
        var (stream, one) = (NewStream(), Event());
        await _client.AppendNew(stream, one);

        (await _client.Append(stream, 0, one)).Success.CurrentRevision.Should().Be(1);
    }

    [Fact]
    public async Task Ids_are_compared_within_a_stream_and_not_within_an_append()
    {
        var one = Event();
        await _client.AppendNew(NewStream(), one);

        (await _client.AppendAny(NewStream(), one)).Success.CurrentRevision.Should().Be(0);
        (await _client.AppendNew(NewStream(), one, one)).Success.CurrentRevision.Should().Be(1);
    }

    private async Task<int> Count(string stream) =>
        (await _client.Read(Stream(stream))).Count(message => message.ContentCase == ReadResp.ContentOneofCase.Event);
}
