using Grpc.Core;
using static CountingKit.Tests.EventStoreDb.StandInClient;
using static CountingKit.Tests.EventStoreDb.StandInNode;
using Content = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadResp.ContentOneofCase;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>What a real server sent to subscribers of streams, held against the stand-in.</summary>
public sealed class StandInSubscriptions(StandInNode node) : IClassFixture<StandInNode>
{
    private readonly StandInClient _client = node.Client;

    [Fact]
    public async Task Confirmation_then_history_then_caught_up_then_what_comes()
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Events(2));
        using var subscription = new StandInSubscription(_client, Stream(stream));

        (await subscription.NextContent()).Should().Be(Content.Confirmation);
        (await subscription.NextContent()).Should().Be(Content.Event);
        (await subscription.NextContent()).Should().Be(Content.Event);
        (await subscription.NextContent()).Should().Be(Content.CaughtUp);
        await _client.Append(stream, 1, Event());

        (await subscription.Next())!.Event.Event.StreamRevision.Should().Be(2);
    }

    [Fact]
    public async Task A_start_is_exclusive()
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Events(3));
        var options = Stream(stream);
        options.Stream.Revision = 1;
        using var subscription = new StandInSubscription(_client, options);

        var messages = await subscription.Until(Content.CaughtUp);

        messages.Where(message => message.Event is not null).Should().ContainSingle()
            .Which.Event.Event.StreamRevision.Should().Be(2);
    }

    [Fact]
    public async Task The_end_brings_only_what_comes()
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Events(3));
        var options = Stream(stream);
        options.Stream.End = new();
        using var subscription = new StandInSubscription(_client, options);

        (await subscription.Until(Content.CaughtUp)).Should().HaveCount(2);
        await _client.Append(stream, 2, Event());
        (await subscription.Next())!.Event.Event.StreamRevision.Should().Be(3);
    }

    [Fact]
    public async Task A_stream_that_is_not_there_yet_is_waited_for_in_silence()
    {
        var stream = NewStream();
        using var subscription = new StandInSubscription(_client, Stream(stream));
        await subscription.Until(Content.Confirmation);

        (await subscription.IsSilent()).Should().BeTrue();
        await _client.AppendNew(stream, Event());

        (await subscription.NextContent()).Should().Be(Content.Event);
        (await subscription.NextContent()).Should().Be(Content.CaughtUp);
    }

    [Fact]
    public async Task A_start_ahead_of_the_end_drops_what_is_not_after_it()
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Event());
        var options = Stream(stream);
        options.Stream.Revision = 2;
        using var subscription = new StandInSubscription(_client, options);
        await subscription.Until(Content.CaughtUp);

        await _client.Append(stream, 0, Events(3));

        (await subscription.Next())!.Event.Event.StreamRevision.Should().Be(3);
    }

    [Fact]
    public async Task A_stream_that_is_deleted_and_written_again_goes_on()
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Events(2));
        using var subscription = new StandInSubscription(_client, Stream(stream));
        await subscription.Until(Content.CaughtUp);

        await _client.Streams.DeleteAsync(new() { Options = new() { StreamIdentifier = Name(stream), Any = new() } });
        await _client.AppendAny(stream, Event());

        (await subscription.Next())!.Event.Event.StreamRevision.Should().Be(2);
    }

    [Fact]
    public async Task A_tombstone_is_the_last_event_before_the_refusal()
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Event());
        using var subscription = new StandInSubscription(_client, Stream(stream));
        await subscription.Until(Content.CaughtUp);

        await _client.Streams.TombstoneAsync(new() { Options = new() { StreamIdentifier = Name(stream), Any = new() } });

        var last = (await subscription.Next())!.Event.Event;
        last.Metadata["type"].Should().Be("$streamDeleted");
        last.StreamRevision.Should().Be(long.MaxValue);
        (await subscription.Failure()).Trailers.GetValue("exception").Should().Be("stream-deleted");
        using var late = new StandInSubscription(_client, Stream(stream));
        (await late.Failure()).StatusCode.Should().Be(StatusCode.FailedPrecondition);
    }
}
