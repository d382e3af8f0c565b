using CountingKit.Adapters.EventStoreDb.Client;
using CountingKit.EventSourcing;
using CountingKit.Testing.EventStoreDb;
using static CountingKit.Tests.EventStoreDb.TestStores;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>How a node is found among several.</summary>
[Trait("Speed", "Slow")]
public sealed class ClusterDiscovery : IAsyncLifetime
{
    private readonly CancellationTokenSource giveUp = new(TimeSpan.FromSeconds(60));
    private EventStoreDbCluster cluster = null!;

    public async Task InitializeAsync() => cluster = await EventStoreDbCluster.Start();

    public async Task DisposeAsync()
    {
        await cluster.DisposeAsync();
        giveUp.Dispose();
    }

    [Fact]
    public async Task Nodes_that_are_silent_keep_nobody_waiting_while_one_answers()
    {
        cluster.Nodes[0].Faults.IsGossipSilent = cluster.Nodes[1].Faults.IsGossipSilent = true;
        using var client = Client("gossipTimeout=20000");
        var started = TimeProvider.System.GetTimestamp();

        await client.GetServerVersionAsync(giveUp.Token);

        TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task All_who_wait_for_a_search_get_its_failure_together()
    {
        foreach (var node in cluster.Nodes) node.Faults.IsGossipSilent = true;
        using var client = Client("gossipTimeout=1000&maxDiscoverAttempts=1");
        var started = TimeProvider.System.GetTimestamp();

        var asked = Enumerable.Range(0, 20).Select(_ => client.GetServerVersionAsync(giveUp.Token)).ToArray();
        foreach (var one in asked) await ((Func<Task>)(() => one)).Should().ThrowAsync<DiscoveryException>();

        TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task Who_cancels_does_not_end_the_search_for_the_others()
    {
        foreach (var node in cluster.Nodes) node.Faults.IsGossipSilent = true;
        using var client = Client("gossipTimeout=1000");
        using var cancelling = new CancellationTokenSource();
        var first = client.GetServerVersionAsync(cancelling.Token);
        var second = client.GetServerVersionAsync(giveUp.Token);

        await cancelling.CancelAsync();
        foreach (var node in cluster.Nodes) node.Faults.IsGossipSilent = false;

        await ((Func<Task>)(() => first)).Should().ThrowAsync<OperationCanceledException>();
        (await second).Should().Be("23.10.6");
    }

    [Fact]
    public async Task A_dead_leader_that_others_still_name_is_left_alone()
    {
        await using var slow = await EventStoreDbCluster.Start(new()
        {
            StaleLeader = TimeSpan.FromSeconds(20), Election = TimeSpan.FromSeconds(20),
        });
        using var client = new EventStoreClient(EventStoreClientSettings.Create(slow.ConnectionString), TimeProvider.System);
        var append = () => client.AppendToStreamAsync("order-1", ExpectedRevision.NoStream, Events(1), TimeSpan.FromSeconds(10), giveUp.Token);
        await client.GetServerVersionAsync(giveUp.Token);
        await slow.KillLeader();
        await append.Should().ThrowAsync<AppendFailedException>();

        (await append.Should().ThrowAsync<AppendFailedException>()).Which.Failure.Should().BeOfType<NotLeaderException>();
        (await client.GetServerVersionAsync(giveUp.Token)).Should().Be("23.10.6");
    }

    private EventStoreClient Client(string options) =>
        new(EventStoreClientSettings.Create($"{cluster.ConnectionString}&{options}"), TimeProvider.System);
}
