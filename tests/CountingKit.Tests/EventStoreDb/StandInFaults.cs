using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.EventStoreDb.Faults;
using Grpc.Core;
using static CountingKit.Tests.EventStoreDb.StandInClient;
using Content = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadResp.ContentOneofCase;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>Faults that a test asks the stand-in for: what the caller sees, and whether the write stands.</summary>
[Trait("Speed", "Slow")]
public sealed class StandInFaults : IAsyncLifetime
{
    private EventStoreDbNode _node = null!;
    private StandInClient _client = null!;

    public async Task InitializeAsync()
    {
        _node = await EventStoreDbNode.Start();
        _client = new(_node.Address);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _node.DisposeAsync();
    }

    [Theory]
    [InlineData(CallFault.NotReady, StatusCode.Unavailable, false)]
    [InlineData(CallFault.NotLeader, StatusCode.NotFound, false)]
    [InlineData(CallFault.ResetBefore, StatusCode.Unavailable, false)]
    [InlineData(CallFault.ResetAfter, StatusCode.Unavailable, true)]
    [InlineData(CallFault.CommitTimeoutBefore, StatusCode.Aborted, false)]
    [InlineData(CallFault.CommitTimeoutAfter, StatusCode.Aborted, true)]
    public async Task A_write_fails_once_and_stands_or_not(CallFault fault, StatusCode status, bool stands)
    {
        _node.Faults.OnWrite(fault);
        var one = Event();

        var failure = await Failure(() => _client.AppendNew("order-1", one));

        failure.StatusCode.Should().Be(status);
        _node.Faults.Fired.Should().Be(1);
        (await _client.Read(Stream("order-1"))).Any(message => message.Event is not null).Should().Be(stands);
        (await _client.AppendNew("order-1", one)).Success.CurrentRevision.Should().Be(0);
    }

    [Theory]
    [InlineData(CallFault.SilenceBefore, false)]
    [InlineData(CallFault.SilenceAfter, true)]
    public async Task A_write_is_not_answered_and_stands_or_not(CallFault fault, bool stands)
    {
        _node.Faults.OnWrite(fault);

        using (var call = _client.Streams.Append(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(3)))
        {
            await call.RequestStream.WriteAsync(new() { Options = new() { StreamIdentifier = Name("order-1"), Any = new() } });
            await call.RequestStream.WriteAsync(new() { ProposedMessage = Event() });
            await call.RequestStream.CompleteAsync();
            (await Failure(() => call.ResponseAsync)).StatusCode.Should().Be(StatusCode.DeadlineExceeded);
        }

        (await _client.Read(Stream("order-1"))).Any(message => message.Event is not null).Should().Be(stands);
    }

    [Fact]
    public async Task Not_leader_names_another_in_its_trailers()
    {
        _node.Faults.OnRead(CallFault.NotLeader).Leader = ("10.0.0.9", 2115);

        var failure = await Failure(() => _client.Read(Stream("order-1")));

        failure.Status.Detail.Should().Be("Leader info available");
        failure.Trailers.GetValue("exception").Should().Be("not-leader");
        failure.Trailers.GetValue("leader-endpoint-host").Should().Be("10.0.0.9");
        failure.Trailers.GetValue("leader-endpoint-port").Should().Be("2115");
    }

    [Theory]
    [InlineData(SubscriptionEnd.Reset, StatusCode.Unavailable)]
    [InlineData(SubscriptionEnd.TooSlow, StatusCode.Aborted)]
    [InlineData(SubscriptionEnd.NotReady, StatusCode.Unavailable)]
    [InlineData(SubscriptionEnd.Unknown, StatusCode.Unknown)]
    public async Task A_subscription_is_cut_after_so_many_events(SubscriptionEnd end, StatusCode status)
    {
        await _client.AppendNew("order-1", Events(3));
        _node.Faults.CutSubscription(end, afterEvents: 2);
        using var subscription = new StandInSubscription(_client, Stream("order-1"));

        (await subscription.Failure()).StatusCode.Should().Be(status);
        using var again = new StandInSubscription(_client, Stream("order-1"));
        (await again.Until(Content.CaughtUp)).Count(message => message.Event is not null).Should().Be(3);
    }

    [Fact]
    public async Task A_subscription_ends_as_though_there_were_no_more()
    {
        await _client.AppendNew("order-1", Events(3));
        _node.Faults.CutSubscription(SubscriptionEnd.Normal, afterEvents: 2);
        using var subscription = new StandInSubscription(_client, Stream("order-1"));

        (await subscription.NextContent()).Should().Be(Content.Confirmation);
        (await subscription.NextContent()).Should().Be(Content.Event);
        (await subscription.NextContent()).Should().Be(Content.Event);
        (await subscription.NextContent()).Should().BeNull();
    }

    [Theory]
    [InlineData("23.10.6")]
    [InlineData("24.2.0")]
    public async Task A_reader_that_is_too_slow_is_aborted_or_falls_behind(string version)
    {
        var options = new EventStoreDbOptions { ServerVersion = Version.Parse(version), SlowAfter = TimeSpan.FromMilliseconds(50) };
        await using var node = await EventStoreDbNode.Start(options);
        using var client = new StandInClient(node.Address);
        await client.AppendNew("order-1", Event());
        using var subscription = new StandInSubscription(client, Stream("order-1"));
        await subscription.Until(Content.CaughtUp);

        var big = Enumerable.Range(0, 40).Select(_ => Event(data: new string('x', 20_000))).ToArray();
        for (var i = 0; i < 60; i++) await client.AppendAny("order-1", [.. big.Select(one => Event(data: one.Data.ToStringUtf8()))]);
        await Task.Delay(TimeSpan.FromMilliseconds(500));

        if (version == "24.2.0")
        {
            await subscription.Until(Content.FellBehind);
            (await subscription.Until(Content.CaughtUp)).Should().Contain(message => message.Event != null);
            return;
        }

        var failure = await subscription.Failure();
        failure.StatusCode.Should().Be(StatusCode.Aborted);
        failure.Status.Detail.Should().StartWith("Operation timed out: Consumer too slow");
    }

    [Fact]
    public async Task A_node_that_stops_resets_its_calls()
    {
        await _client.AppendNew("order-1", Event());
        using var subscription = new StandInSubscription(_client, Stream("order-1"));
        await subscription.Until(Content.CaughtUp);

        await _node.Stop();

        (await subscription.Failure()).StatusCode.Should().Be(StatusCode.Unavailable);
        (await Failure(() => _client.AppendAny("order-1", Event()))).StatusCode.Should().Be(StatusCode.Unavailable);
    }

    private static async Task<RpcException> Failure(Func<Task> call) =>
        (await call.Should().ThrowAsync<RpcException>()).Which;
}
