using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using Grpc.Core;
using static CountingKit.Tests.EventStoreDb.StandInClient;
using static CountingKit.Tests.EventStoreDb.StandInNode;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>What a real server did about deleted streams, held against the stand-in.</summary>
public sealed class StandInDeletions(StandInNode node) : IClassFixture<StandInNode>
{
    private readonly StandInClient _client = node.Client;

    [Fact]
    public async Task A_deleted_stream_is_not_found_and_its_events_stay_in_the_whole_log()
    {
        var stream = await Deleted();

        (await _client.Read(Stream(stream))).Should().ContainSingle(message => message.StreamNotFound != null);
        (await _client.Read(All())).Count(message => message.Event.Event.StreamIdentifier.Equals(Name(stream))).Should().Be(2);
    }

    [Theory]
    [InlineData("any")]
    [InlineData("no stream")]
    [InlineData("revision")]
    public async Task A_deleted_stream_goes_on_counting_when_it_is_written_again(string expected)
    {
        var stream = await Deleted();

        var answer = await (expected switch
        {
            "any" => _client.AppendAny(stream, Event()),
            "no stream" => _client.AppendNew(stream, Event()),
            _ => _client.Append(stream, 1, Event()),
        });

        answer.Success.CurrentRevision.Should().Be(2);
        (await _client.Read(Stream(stream))).Where(message => message.Event is not null).Should().ContainSingle()
            .Which.Event.Event.StreamRevision.Should().Be(2);
    }

    [Fact]
    public async Task A_deleted_stream_does_not_exist_for_who_says_so()
    {
        var stream = await Deleted();

        (await Refusal(() => _client.AppendExisting(stream, Event()))).Trailers.GetValue("exception").Should().Be("stream-deleted");
    }

    [Fact]
    public async Task A_conflict_of_a_deletion_is_an_error_with_trailers()
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Events(3));

        var wrong = await Refusal(() => Delete(new() { StreamIdentifier = Name(stream), Revision = 0 }));
        var missing = await Refusal(() => Delete(new() { StreamIdentifier = Name("none"), Any = new() }));

        wrong.StatusCode.Should().Be(StatusCode.FailedPrecondition);
        Trailers(wrong).Should().Equal("wrong-expected-version", stream, "0", "2");
        Trailers(missing).Should().Equal("wrong-expected-version", "none", "-2", "-1");
    }

    [Fact]
    public async Task A_tombstone_is_final()
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Event());
        var options = new TombstoneReq.Types.Options { StreamIdentifier = Name(stream), Revision = 0 };
        await _client.Streams.TombstoneAsync(new() { Options = options });

        var refusals = new[]
        {
            await Refusal(() => _client.Read(Stream(stream))),
            await Refusal(() => _client.AppendAny(stream, Event())),
            await Refusal(() => Delete(new() { StreamIdentifier = Name(stream), Any = new() })),
            await Refusal(() => _client.Streams.TombstoneAsync(new() { Options = options }).ResponseAsync),
        };

        refusals.Should().AllSatisfy(refusal =>
        {
            refusal.StatusCode.Should().Be(StatusCode.FailedPrecondition);
            refusal.Trailers.GetValue("exception").Should().Be("stream-deleted");
            refusal.Trailers.GetValue("stream-name").Should().Be(stream);
        });
    }

    private static string?[] Trailers(RpcException refusal) =>
        [.. ((string[])["exception", "stream-name", "expected-version", "actual-version"]).Select(refusal.Trailers.GetValue)];

    private static async Task<RpcException> Refusal(Func<Task> call) =>
        (await call.Should().ThrowAsync<RpcException>()).Which;

    private Task Delete(DeleteReq.Types.Options options) =>
        _client.Streams.DeleteAsync(new() { Options = options }).ResponseAsync;

    private async Task<string> Deleted()
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Events(2));
        await Delete(new() { StreamIdentifier = Name(stream), Revision = 1 });
        return stream;
    }
}
