using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using static CountingKit.Tests.EventStoreDb.StandInClient;
using static CountingKit.Tests.EventStoreDb.StandInNode;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>What a real server answered to appends, held against the stand-in.</summary>
public sealed class StandInAppends(StandInNode node) : IClassFixture<StandInNode>
{
    private readonly StandInClient _client = node.Client;

    [Fact]
    public async Task A_new_stream_answers_the_revision_and_position_of_its_last_event()
    {
        var stream = NewStream();

        var answer = await _client.AppendNew(stream, Events(2));

        answer.Success.CurrentRevision.Should().Be(1);
        var events = await _client.Read(Stream(stream));
        var last = events.Last(message => message.Event is not null).Event.Event;
        answer.Success.Position.CommitPosition.Should().Be(last.CommitPosition);
        answer.Success.Position.PreparePosition.Should().Be(last.CommitPosition);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public async Task Another_revision_than_the_last_is_a_conflict(ulong expected)
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Events(2));

        var answer = await _client.Append(stream, expected, Event());

        answer.WrongExpectedVersion.CurrentRevision.Should().Be(1);
        answer.WrongExpectedVersion.ExpectedRevision.Should().Be(expected);
    }

    [Fact]
    public async Task No_stream_conflicts_with_one_that_exists()
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Events(2));

        var answer = await _client.AppendNew(stream, Event());

        answer.WrongExpectedVersion.CurrentRevision.Should().Be(1);
        answer.WrongExpectedVersion.ExpectedRevisionOptionCase.Should()
            .Be(AppendResp.Types.WrongExpectedVersion.ExpectedRevisionOptionOneofCase.ExpectedNoStream);
    }

    [Fact]
    public async Task A_missing_stream_conflicts_with_what_says_that_it_exists()
    {
        var exists = await _client.AppendExisting(NewStream(), Event());
        var revision = await _client.Append(NewStream(), 0, Event());

        exists.WrongExpectedVersion.CurrentNoStream.Should().NotBeNull();
        exists.WrongExpectedVersion.ExpectedStreamExists.Should().NotBeNull();
        revision.WrongExpectedVersion.CurrentNoStream.Should().NotBeNull();
        revision.WrongExpectedVersion.HasExpectedRevision.Should().BeTrue();
    }

    [Fact]
    public async Task Of_sixteen_rivals_one_wins()
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Event());

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _client.Append(stream, 0, Event())));

        answers.Count(answer => answer.Success is not null).Should().Be(1);
        answers.Count(answer => answer.WrongExpectedVersion is not null).Should().Be(15);
    }

    [Fact]
    public async Task No_events_make_no_stream_and_check_the_revision_of_one()
    {
        var (missing, existing) = (NewStream(), NewStream());
        await _client.AppendNew(existing, Events(3));

        (await _client.AppendAny(missing)).Success.NoStream.Should().NotBeNull();
        (await _client.AppendNew(missing)).Success.NoStream.Should().NotBeNull();
        (await _client.Append(existing, 2)).Success.CurrentRevision.Should().Be(2);
        (await _client.Append(existing, 1)).WrongExpectedVersion.CurrentRevision.Should().Be(2);
        (await _client.Read(Stream(missing))).Should().ContainSingle(message => message.StreamNotFound != null);
    }

    [Fact]
    public async Task Five_thousand_events_go_in_one_append()
    {
        var stream = NewStream();

        var answer = await _client.AppendNew(stream, Events(5000));

        answer.Success.CurrentRevision.Should().Be(4999);
        (await _client.Read(Stream(stream))).Count(message => message.Event is not null).Should().Be(5000);
    }
}
