using CountingKit.Adapters.EventStoreDb;
using CountingKit.EventSourcing;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.EventStoreDb.Faults;
using EventStoreDbOptions = CountingKit.Adapters.EventStoreDb.EventStoreDbOptions;
using static CountingKit.Tests.EventStoreDb.TestStores;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>What becomes of an append whose call goes wrong once.</summary>
[Trait("Speed", "Slow")]
public sealed class AppendsUnderFaults : IAsyncLifetime
{
    private const string Stream = "order-1";

    private readonly CancellationTokenSource giveUp = new(TimeSpan.FromSeconds(60));
    private EventStoreDbNode node = null!;
    private EventStoreDbEventStore store = null!;

    public async Task InitializeAsync()
    {
        node = await EventStoreDbNode.Start();
        store = Open($"{node.ConnectionString}&defaultDeadline=3000");
        await store.Append("warm-up", ExpectedRevision.NoStream, [Event()], giveUp.Token);
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await node.DisposeAsync();
        giveUp.Dispose();
    }

    [Theory]
    [InlineData(CallFault.NotReady)]
    [InlineData(CallFault.NotLeader)]
    [InlineData(CallFault.ResetBefore)]
    [InlineData(CallFault.ResetAfter)]
    [InlineData(CallFault.CommitTimeoutBefore)]
    [InlineData(CallFault.CommitTimeoutAfter)]
    [InlineData(CallFault.CommitPending)]
    [InlineData(CallFault.SilenceBefore)]
    [InlineData(CallFault.SilenceAfter)]
    [InlineData(CallFault.NoPosition)]
    public async Task At_a_definite_revision_it_is_made_once_whatever_went_wrong(CallFault fault)
    {
        var sent = Events(3);
        node.Faults.OnWrite(fault);

        var appended = await store.Append(Stream, ExpectedRevision.NoStream, sent, giveUp.Token);

        appended.Revision.Should().Be(2);
        node.Faults.Fired.Should().Be(1);
        (await store.Ids(Stream, giveUp.Token)).Should().Equal(sent.Select(e => e.Id));
    }

    [Theory]
    [InlineData(CallFault.CommitTimeoutBefore)]
    [InlineData(CallFault.CommitTimeoutAfter)]
    [InlineData(CallFault.CommitPending)]
    public async Task A_commit_timeout_that_is_the_first_answer_of_all_is_tried_again_like_a_later_one(CallFault fault)
    {
        await using var fresh = Open(node.ConnectionString);
        var sent = Events(2);
        node.Faults.OnWrite(fault);

        (await fresh.Append(Stream, ExpectedRevision.NoStream, sent, giveUp.Token)).Revision.Should().Be(1);

        (await store.Ids(Stream, giveUp.Token)).Should().Equal(sent.Select(e => e.Id));
    }

    [Theory]
    [InlineData(CallFault.ResetAfter)]
    [InlineData(CallFault.ResetBefore)]
    [InlineData(CallFault.CommitTimeoutBefore)]
    [InlineData(CallFault.SilenceAfter)]
    public async Task At_any_revision_a_lost_answer_is_told_and_nothing_is_repeated(CallFault fault)
    {
        node.Faults.OnWrite(fault);
        var append = () => store.Append(Stream, ExpectedRevision.Any, Events(1), giveUp.Token);

        await append.Should().ThrowAsync<OutcomeUnknownException>();

        (await store.Ids(Stream, giveUp.Token)).Should().HaveCount(
            fault is CallFault.ResetAfter or CallFault.SilenceAfter ? 1 : 0);
    }

    [Theory]
    [InlineData(CallFault.NotReady)]
    [InlineData(CallFault.NotLeader)]
    public async Task At_any_revision_what_was_surely_not_written_is_sent_again(CallFault fault)
    {
        node.Faults.OnWrite(fault, times: 3);

        await store.Append(Stream, ExpectedRevision.Any, Events(1), giveUp.Token);

        (await store.Ids(Stream, giveUp.Token)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_conflict_behind_a_lost_answer_is_a_conflict()
    {
        node.Faults.OnWrite(CallFault.CommitTimeoutBefore);
        var append = () => store.Append(Stream, ExpectedRevision.At(7), Events(1), giveUp.Token);

        (await append.Should().ThrowAsync<WrongExpectedRevisionException>()).Which.Actual.Should().BeNull();
    }

    [Fact]
    public async Task An_append_cancelled_after_it_was_sent_has_an_unknown_outcome()
    {
        node.Faults.OnWrite(CallFault.SilenceAfter);
        using var cancelling = new CancellationTokenSource();
        var append = store.Append(Stream, ExpectedRevision.NoStream, Events(1), cancelling.Token);
        while (node.Faults.Fired == 0) await Task.Delay(5, giveUp.Token);

        await cancelling.CancelAsync();

        await ((Func<Task>)(() => append)).Should().ThrowAsync<OutcomeUnknownException>();
    }

    [Fact]
    public async Task An_append_whose_position_cannot_be_read_has_an_unknown_outcome()
    {
        node.Faults.OnWrite(CallFault.NoPosition).OnRead(CallFault.NotReady, times: 1000);
        var options = EventStoreDbOptions.Parse(node.ConnectionString, Environment.CurrentDirectory);
        options.Patience = TimeSpan.FromMilliseconds(50);
        await using var hasty = new EventStoreDbEventStore(options, TimeProvider.System);
        var append = () => hasty.Append(Stream, ExpectedRevision.NoStream, Events(1), giveUp.Token);

        await append.Should().ThrowAsync<OutcomeUnknownException>();

        node.Faults.Clear();
        (await store.Ids(Stream, giveUp.Token)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_server_that_goes_and_comes_back_soon_is_waited_for()
    {
        await node.Stop();
        var append = store.Append(Stream, ExpectedRevision.Any, Events(1), giveUp.Token);
        var read = store.Ids("warm-up", giveUp.Token);
        await Task.Delay(TimeSpan.FromSeconds(1), giveUp.Token);
        await node.Restart();

        (await append).Revision.Should().Be(0);
        (await read).Should().ContainSingle();
    }

    [Fact]
    public async Task A_server_that_was_never_there_is_told_at_the_first_try()
    {
        await node.Stop();
        await using var other = Open(node.ConnectionString);
        var append = () => other.Append(Stream, ExpectedRevision.Any, Events(1), giveUp.Token);
        var read = () => other.AllIds(giveUp.Token);
        var started = TimeProvider.System.GetTimestamp();

        await append.Should().ThrowAsync<EventStoreUnavailableException>();
        await read.Should().ThrowAsync<EventStoreUnavailableException>();

        TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(5));
        await node.Restart();
        (await other.AllIds(giveUp.Token)).Should().ContainSingle();
    }

    [Theory]
    [InlineData(CallFault.NotReady)]
    [InlineData(CallFault.NotLeader)]
    [InlineData(CallFault.ResetBefore)]
    public async Task A_read_that_fails_is_made_again(CallFault fault)
    {
        node.Faults.OnRead(fault);

        (await store.Ids("warm-up", giveUp.Token)).Should().ContainSingle();
        node.Faults.Fired.Should().Be(1);
    }
}
