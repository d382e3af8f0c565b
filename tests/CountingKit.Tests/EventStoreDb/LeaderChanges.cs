using System.Collections.Concurrent;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.EventStoreDb.Faults;
using static CountingKit.Tests.EventStoreDb.TestStores;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>Three nodes, whose leader is killed while the store is used.</summary>
[Trait("Speed", "Slow")]
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
    public async Task Streams_and_the_end_of_the_log_are_read_of_the_leader_also_where_followers_are_preferred()
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var cluster = await EventStoreDbCluster.Start();
        await using var store = Open($"{cluster.ConnectionString}&nodePreference=follower");
        var followers = cluster.Nodes.Where(node => node != cluster.Leader).ToList();
        await store.Append("order-1", ExpectedRevision.NoStream, Events(1), giveUp.Token);

        await store.Ids("order-1", giveUp.Token);
        await store.ReadAll(ReadDirection.Backwards, null, 1, giveUp.Token).SingleAsync(giveUp.Token);
        followers.Sum(node => node.Faults.Reads).Should().Be(0);

        await store.AllIds(giveUp.Token);
        followers.Sum(node => node.Faults.Reads).Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task A_leader_that_hangs_is_left_as_soon_as_another_one_leads()
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var cluster = await EventStoreDbCluster.Start(new()
        {
            StaleLeader = TimeSpan.FromSeconds(5), Election = TimeSpan.FromSeconds(6),
        });
        await using var store = Open(cluster.ConnectionString);
        var first = Events(1);
        await store.Append("order-1", ExpectedRevision.NoStream, first, giveUp.Token);

        await cluster.FreezeLeader();
        var started = TimeProvider.System.GetTimestamp();
        var second = Events(1);
        var appending = store.Append("order-1", ExpectedRevision.At(0), second, giveUp.Token);
        var reading = store.Ids("order-1", giveUp.Token);

        (await appending).Revision.Should().Be(1);
        (await reading).Should().StartWith(first.Select(e => e.Id));
        TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(10));
        (await store.Ids("order-1", giveUp.Token)).Should().Equal([.. first, .. second], (id, e) => id == e.Id);
    }

    [Fact]
    public async Task A_subscription_that_the_server_gives_up_loses_no_node()
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var cluster = await EventStoreDbCluster.Start();
        await using var store = Open(cluster.ConnectionString);
        await store.Append("order-1", ExpectedRevision.NoStream, Events(1), giveUp.Token);
        await using var messages = store.SubscribeToAll(null, giveUp.Token).GetAsyncEnumerator(giveUp.Token);
        while (await messages.MoveNextAsync() && messages.Current is not SubscriptionMessage.CaughtUp) { }

        // Who looked for another node now would find none.
        foreach (var node in cluster.Nodes) node.Faults.IsGossipSilent = true;
        cluster.Leader!.Faults.CutSubscription(SubscriptionEnd.TooSlow, afterEvents: 1);
        var seen = new List<Guid>();
        var sent = Events(3);
        for (var i = 0; i < sent.Length; i++)
            await store.Append("order-2", i == 0 ? ExpectedRevision.NoStream : ExpectedRevision.At((ulong)i - 1), [sent[i]], giveUp.Token);
        while (seen.Count < sent.Length && await messages.MoveNextAsync())
            if (messages.Current is SubscriptionMessage.Event(var stored)) seen.Add(stored.Id);

        seen.Should().Equal(sent.Select(e => e.Id));
        cluster.Leader.Faults.Waiting.Should().Be(0);
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
