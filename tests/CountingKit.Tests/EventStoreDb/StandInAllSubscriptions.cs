using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using Grpc.Core;
using static CountingKit.Tests.EventStoreDb.StandInClient;
using Content = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadResp.ContentOneofCase;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>What a real server sent to subscribers of the whole log, held against the stand-in. A fresh node for each.</summary>
public sealed class StandInAllSubscriptions : IAsyncLifetime
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

    [Fact]
    public async Task A_thousand_other_events_bring_thirty_one_checkpoints_of_window_thirty_two()
    {
        await _client.AppendNew("other-1", Events(1000));
        using var subscription = new StandInSubscription(_client, Filtered(max: 32, multiplier: 1));

        var checkpoints = (await subscription.Until(Content.CaughtUp)).Where(message => message.Checkpoint is not null).ToList();

        checkpoints.Should().HaveCount(31);
        checkpoints.Should().AllSatisfy(message => message.Checkpoint.PreparePosition.Should().Be(0));
        checkpoints.Select(message => message.Checkpoint.CommitPosition).Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task A_subscription_after_a_checkpoint_repeats_nothing_before_it_and_loses_nothing()
    {
        await _client.AppendNew("other-1", Events(100));
        await _client.AppendNew("order-1", Events(3));
        await _client.AppendNew("other-2", Events(100));
        using var first = new StandInSubscription(_client, Filtered(max: 32, multiplier: 1));
        var checkpoint = (await first.Until(Content.CaughtUp)).First(message => message.Checkpoint is not null).Checkpoint;
        var options = Filtered(max: 32, multiplier: 1);
        options.All.Position = new() { CommitPosition = checkpoint.CommitPosition };
        using var second = new StandInSubscription(_client, options);

        (await second.Until(Content.CaughtUp)).Count(message => message.Event is not null).Should().Be(3);
    }

    [Fact]
    public async Task A_position_is_exclusive_and_live_checkpoints_carry_both_numbers()
    {
        await _client.AppendNew("order-1", Events(2));
        var events = (await _client.Read(All())).Select(message => message.Event.Event).ToList();
        var options = Filtered(max: 1, multiplier: 1);
        options.All.Position = new() { CommitPosition = events[^2].CommitPosition, PreparePosition = events[^2].CommitPosition };
        using var subscription = new StandInSubscription(_client, options);

        (await subscription.Until(Content.CaughtUp)).Count(message => message.Event is not null).Should().Be(1);
        await _client.AppendNew("other-1", Event());

        var checkpoint = (await subscription.Next())!.Checkpoint;
        checkpoint.PreparePosition.Should().Be(checkpoint.CommitPosition).And.BeGreaterThan(events[^1].CommitPosition);
    }

    [Fact]
    public async Task From_the_end_it_is_caught_up_at_once()
    {
        await _client.AppendNew("order-1", Events(2));
        var options = All();
        options.All.End = new();
        using var subscription = new StandInSubscription(_client, options);

        (await subscription.Until(Content.CaughtUp)).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_window_of_zero_is_confirmed_and_never_delivers()
    {
        await _client.AppendNew("order-1", Events(2));
        using var subscription = new StandInSubscription(_client, Filtered(max: 0, multiplier: 1));

        await subscription.Until(Content.Confirmation);

        (await subscription.IsSilent()).Should().BeTrue();
    }

    [Fact]
    public async Task A_multiplier_of_zero_is_unknown()
    {
        using var subscription = new StandInSubscription(_client, Filtered(max: 32, multiplier: 0));

        (await subscription.Failure()).StatusCode.Should().Be(StatusCode.Unknown);
    }

    private static ReadReq.Types.Options Filtered(uint max, uint multiplier)
    {
        var options = All();
        options.Filter = new()
        {
            Max = max, CheckpointIntervalMultiplier = multiplier, StreamIdentifier = new() { Prefix = { "order-" } },
        };
        return options;
    }
}
