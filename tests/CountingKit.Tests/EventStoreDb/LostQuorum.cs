using CountingKit.EventSourcing;
using CountingKit.Testing.EventStoreDb;
using static CountingKit.Tests.EventStoreDb.TestStores;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>Two of three nodes are away, and the third one knows.</summary>
[Trait("Speed", "Slow")]
public sealed class LostQuorum : IAsyncLifetime
{
    /// <summary>So long the health page waits.</summary>
    private static readonly TimeSpan Waited = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource giveUp = new(TimeSpan.FromSeconds(60));
    private EventStoreDbCluster cluster = null!;

    public async Task InitializeAsync() => cluster = await EventStoreDbCluster.Start();

    public async Task DisposeAsync()
    {
        await cluster.DisposeAsync();
        giveUp.Dispose();
    }

    [Fact]
    public async Task Is_told_where_nodes_are_down()
    {
        await Lose(node => cluster.Kill(node));

        await IsTold();
    }

    [Fact]
    public async Task Is_told_also_where_nodes_hang()
    {
        await Lose(node => cluster.Freeze(node));

        await IsTold();
    }

    [Fact]
    public async Task Is_over_when_they_are_back()
    {
        await using var store = Open(cluster.ConnectionString);
        var sent = Events(2);
        await store.Append("order-1", ExpectedRevision.NoStream, sent, giveUp.Token);
        var gone = await Lose(node => cluster.Kill(node));
        await IsTold();

        foreach (var node in gone) await cluster.Restart(node);
        await cluster.WaitForLeader();

        (await store.AllIds(giveUp.Token)).Should().Equal(sent.Select(e => e.Id));
    }

    /// <summary>Until nobody is named as the leader any more.</summary>
    private async Task<IReadOnlyList<EventStoreDbNode>> Lose(Func<EventStoreDbNode, Task> take)
    {
        EventStoreDbNode[] gone = [cluster.Nodes.First(node => node != cluster.Leader), cluster.Leader!];
        foreach (var node in gone) await take(node);
        await Task.Delay(TimeSpan.FromSeconds(2), giveUp.Token);
        return gone;
    }

    private async Task IsTold()
    {
        await using var store = Open(cluster.ConnectionString);
        var read = () => store.ReadAll(ReadDirection.Backwards, null, 1, giveUp.Token).ToListAsync(giveUp.Token).AsTask();
        var started = TimeProvider.System.GetTimestamp();

        var told = await read.Should().ThrowAsync<EventStoreUnavailableException>().WithMessage("*at least half of its nodes are away*");

        told.Which.Code.Should().Be(StorageCodes.QuorumLost);
        TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(Waited);
    }
}
