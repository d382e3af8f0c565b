using System.Collections.Concurrent;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.EventStoreDb;
using static CountingKit.Tests.EventStoreDb.TestStores;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>Three nodes, whose leader is killed while the store is used.</summary>
public sealed class LeaderChanges
{
    [Fact]
    public async Task Sixteen_writers_go_on_within_ten_seconds_and_nothing_acknowledged_is_lost()
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await using var cluster = await EventStoreDbCluster.Start();
        await using var store = Open(cluster.ConnectionString);
        var acknowledged = new ConcurrentDictionary<string, ConcurrentQueue<Guid>>();
        using var enough = new CancellationTokenSource();
        var longest = TimeSpan.Zero;
        var gate = new Lock();
        var seen = new List<Guid>();
        var subscription = Task.Run(async () =>
        {
            await foreach (var message in store.SubscribeToAll(null, giveUp.Token))
            {
                if (message is not SubscriptionMessage.Event(var stored)) continue;
                seen.Add(stored.Id);
                if (stored.Type == "last.v1") return;
            }
        });

        var writers = Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            var stream = $"writer-{i}";
            var own = acknowledged.GetOrAdd(stream, _ => new());
            ulong? last = null;
            while (!enough.IsCancellationRequested)
            {
                var sent = Events(2);
                var started = TimeProvider.System.GetTimestamp();
                last = (await store.Append(stream, ExpectedRevision.After(last), sent, giveUp.Token)).Revision;
                var took = TimeProvider.System.GetElapsedTime(started);
                lock (gate) longest = took > longest ? took : longest;
                foreach (var e in sent) own.Enqueue(e.Id);
                await Task.Delay(5, giveUp.Token);
            }
        })).ToArray();

        for (var kill = 0; kill < Scale.Of(2, 20); kill++)
        {
            await Task.Delay(300, giveUp.Token);
            var dead = await cluster.KillLeader();
            await cluster.WaitForLeader();
            await cluster.Restart(dead);
        }

        await Task.Delay(500, giveUp.Token);
        await enough.CancelAsync();
        await Task.WhenAll(writers);
        await store.Append("end-1", ExpectedRevision.NoStream, [Event() with { Type = "last.v1" }], giveUp.Token);
        await subscription;

        longest.Should().BeLessThan(TimeSpan.FromSeconds(10));
        foreach (var (stream, ids) in acknowledged) (await store.Ids(stream, giveUp.Token)).Should().Equal(ids);
        seen.Should().Equal(await store.AllIds(giveUp.Token));
    }

    [Theory]
    [InlineData("leader")]
    [InlineData("follower")]
    [InlineData("random")]
    [InlineData("readOnlyReplica")]
    public async Task Whatever_node_answers_reads_appends_go_to_the_leader(string preference)
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var cluster = await EventStoreDbCluster.Start();
        await using var store = Open($"{cluster.ConnectionString}&nodePreference={preference}");
        var sent = Events(2);

        await store.Append("order-1", ExpectedRevision.NoStream, sent, giveUp.Token);

        (await store.Ids("order-1", giveUp.Token)).Should().Equal(sent.Select(e => e.Id));
    }

    [Fact]
    public async Task One_node_that_does_not_lead_names_the_leader_and_is_followed_there()
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var cluster = await EventStoreDbCluster.Start();
        var follower = cluster.Nodes.First(node => node != cluster.Leader);
        await using var store = Open(follower.ConnectionString);

        (await store.Append("order-1", ExpectedRevision.NoStream, Events(1), giveUp.Token)).Revision.Should().Be(0);
    }
}
