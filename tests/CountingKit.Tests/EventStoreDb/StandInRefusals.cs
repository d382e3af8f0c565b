using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using Google.Protobuf;
using Grpc.Core;
using static CountingKit.Tests.EventStoreDb.StandInClient;
using static CountingKit.Tests.EventStoreDb.StandInNode;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>Requests that a real server refused, and how, held against the stand-in.</summary>
public sealed class StandInRefusals(StandInNode node) : IClassFixture<StandInNode>
{
    private const string Opaque = "Exception was thrown by handler.";
    private readonly StandInClient _client = node.Client;

    [Fact]
    public async Task An_append_without_an_expected_revision_is_an_invalid_argument()
    {
        var refusal = await Refusal(() => _client.Append(new() { StreamIdentifier = Name(NewStream()) }, [Event()]));

        refusal.StatusCode.Should().Be(StatusCode.InvalidArgument);
        refusal.Trailers.Get("exception").Should().BeNull();
    }

    [Theory]
    [InlineData("type")]
    [InlineData("content-type")]
    public async Task An_event_needs_its_type_and_content_type(string missing)
    {
        var one = Event();
        one.Metadata.Remove(missing);

        var refusal = await Refusal(() => _client.AppendNew(NewStream(), one));

        refusal.StatusCode.Should().Be(StatusCode.InvalidArgument);
        refusal.Trailers.GetValue("exception").Should().Be("missing-required-metadata-property");
        refusal.Trailers.GetValue("required-metadata-properties").Should().Be("type,content-type");
    }

    [Fact]
    public async Task What_the_server_did_not_foresee_is_opaque()
    {
        var refusals = new[]
        {
            await Refusal(() => _client.AppendNew(NewStream(), Event(Guid.Empty))),
            await Refusal(() => _client.AppendNew(NewStream(), Event(type: ""))),
            await Refusal(() => _client.AppendNew("", Event())),
            await Refusal(() => _client.Append(new() { NoStream = new() }, [Event()])),
        };

        refusals.Should().AllSatisfy(refusal =>
        {
            refusal.Status.Should().Be(new Status(StatusCode.Unknown, Opaque));
            refusal.Trailers.Get("exception").Should().BeNull();
        });
    }

    [Fact]
    public async Task An_append_may_bring_one_mebibyte_of_data_whatever_its_metadata()
    {
        var (half, one) = (new byte[512 * 1024], ByteString.CopyFrom(new byte[1]));
        var (first, second, third) = (Event(), Event(), Event());
        first.Data = second.Data = first.CustomMetadata = ByteString.CopyFrom(half);
        third.Data = one;

        var refusal = await Refusal(() => _client.AppendNew(NewStream(), first, second, third));

        (await _client.AppendNew(NewStream(), first, second)).Success.CurrentRevision.Should().Be(1);
        refusal.StatusCode.Should().Be(StatusCode.InvalidArgument);
        refusal.Trailers.GetValue("exception").Should().Be("maximum-append-size-exceeded");
        refusal.Trailers.GetValue("maximum-append-size").Should().Be("1048576");
    }

    [Fact]
    public async Task A_stream_called_all_is_taken() =>
        (await _client.AppendAny("$all", Event())).Success.Should().NotBeNull();

    [Fact]
    public async Task A_read_needs_a_filter_option_a_count_option_and_a_direction_that_fits()
    {
        var (noFilter, noCount, backwards) = (Stream("a"), Stream("a"), Stream("a"));
        noFilter.ClearFilterOption();
        noCount.ClearCountOption();
        backwards.Subscription = new();
        backwards.ReadDirection = ReadReq.Types.Options.Types.ReadDirection.Backwards;

        foreach (var options in (ReadReq.Types.Options[])[noFilter, noCount, backwards])
        {
            var refusal = await Refusal(() => _client.Read(options));
            refusal.StatusCode.Should().Be(StatusCode.InvalidArgument);
            refusal.Status.Detail.Should().StartWith("The combination of ").And.EndWith(" is invalid.");
        }
    }

    [Fact]
    public async Task A_read_without_the_way_to_write_ids_is_never_answered()
    {
        var options = Stream(NewStream());
        options.UuidOption = null;

        var refusal = await Refusal(() => _client.Read(options, TimeSpan.FromMilliseconds(500)));

        refusal.StatusCode.Should().Be(StatusCode.Cancelled);
    }

    [Fact]
    public async Task A_count_of_zero_and_forwards_from_the_end_are_unexpected()
    {
        var stream = NewStream();
        await _client.AppendNew(stream, Event());
        var (fromEnd, between) = (Stream(stream), All());
        fromEnd.Stream.End = new();
        between.All.Position = new() { CommitPosition = 17, PreparePosition = 17 };

        (await Refusal(() => _client.Read(Stream(stream, count: 0)))).Status.Detail
            .Should().Be("Unexpected ReadStreamResult: Error");
        (await Refusal(() => _client.Read(fromEnd))).Status.Detail.Should().Be("Unexpected ReadStreamResult: Error");
        (await Refusal(() => _client.Read(between))).Status
            .Should().Be(new Status(StatusCode.Unknown, "Unexpected ReadAllResult: Error"));
    }

    [Fact]
    public async Task A_bad_expression_is_opaque()
    {
        var options = All();
        options.Filter = new() { Max = 32, CheckpointIntervalMultiplier = 1, EventType = new() { Regex = "(" } };

        (await Refusal(() => _client.Read(options))).Status.Should().Be(new Status(StatusCode.Unknown, Opaque));
    }

    private static async Task<RpcException> Refusal(Func<Task> call) =>
        (await call.Should().ThrowAsync<RpcException>()).Which;
}
