using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.EventStoreDb.Protocol.Gossip;
using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using Grpc.Core;
using static CountingKit.Tests.EventStoreDb.StandInClient;
using State = CountingKit.Testing.EventStoreDb.Protocol.Gossip.MemberInfo.Types.VNodeState;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>What three real servers did when their leader died, held against the stand-in.</summary>
[Trait("Speed", "Slow")]
public sealed class StandInCluster : IAsyncLifetime
{
    private static readonly Metadata OnlyLeader = new() { { "requires-leader", "true" } };
    private readonly Dictionary<EventStoreDbNode, StandInClient> _clients = [];
    private EventStoreDbCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await EventStoreDbCluster.Start(new()
        {
            CommitTimeout = TimeSpan.FromMilliseconds(200),
            StaleLeader = TimeSpan.FromSeconds(2),
            Election = TimeSpan.FromSeconds(2.2),
        });
        foreach (var node in _cluster.Nodes) _clients[node] = new(node.Address);
    }

    public async Task DisposeAsync()
    {
        foreach (var client in _clients.Values) client.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Gossip_knows_one_leader_and_two_followers()
    {
        foreach (var client in _clients.Values)
            (await Members(client)).Select(member => member.State)
                .Should().BeEquivalentTo([State.Leader, State.Follower, State.Follower]);
    }

    [Fact]
    public async Task A_follower_names_the_leader_or_forwards_to_it_and_reads_what_it_has()
    {
        var (leader, follower) = (_cluster.Leader!, Followers()[0]);

        var refusal = await Failure(() => Append(_clients[follower], OnlyLeader));
        refusal.StatusCode.Should().Be(StatusCode.NotFound);
        refusal.Trailers.GetValue("leader-endpoint-port").Should().Be($"{leader.Port}");
        (await Append(_clients[follower], [])).Success.CurrentRevision.Should().Be(0);

        foreach (var client in _clients.Values) (await Count(client)).Should().Be(1);
        (await Positions(_clients[follower])).Should().Equal(await Positions(_clients[leader]));
    }

    [Fact]
    public async Task After_the_leader_died_followers_name_it_for_a_while_and_then_another_leads()
    {
        await Append(_clients[_cluster.Leader!], OnlyLeader);
        var dead = await _cluster.KillLeader();
        var follower = Followers()[0];

        (await Failure(() => Append(_clients[follower], OnlyLeader))).Trailers.GetValue("leader-endpoint-port")
            .Should().Be($"{dead.Port}");
        (await Failure(() => Append(_clients[dead], OnlyLeader))).StatusCode.Should().Be(StatusCode.Unavailable);
        var leader = await _cluster.WaitForLeader();

        leader.Should().NotBe(dead);
        (await Append(_clients[leader], OnlyLeader)).Success.CurrentRevision.Should().Be(1);
        (await Members(_clients[leader])).Count(member => member.IsAlive).Should().Be(2);
    }

    [Fact]
    public async Task A_node_that_comes_back_takes_over_what_it_missed()
    {
        var dead = await _cluster.KillLeader();
        var leader = await _cluster.WaitForLeader();
        await Append(_clients[leader], OnlyLeader);

        await _cluster.Restart(dead);
        await Append(_clients[leader], OnlyLeader);

        (await Count(_clients[dead])).Should().Be(2);
        (await Positions(_clients[dead])).Should().Equal(await Positions(_clients[leader]));
        (await Failure(() => Append(_clients[dead], OnlyLeader))).StatusCode.Should().Be(StatusCode.NotFound);
    }

    [Fact]
    public async Task Without_a_quorum_a_write_times_out_and_then_nobody_leads_until_one_comes_back()
    {
        var leader = _cluster.Leader!;
        var client = _clients[leader];
        await Append(client, OnlyLeader);
        foreach (var follower in Followers()) await _cluster.Kill(follower);

        var first = await Failure(() => Append(client, OnlyLeader));
        var second = await Failure(() => Append(client, OnlyLeader));

        first.Status.Should().Be(new Status(StatusCode.Aborted, "Operation timed out: Commit phase timeout."));
        second.Status.Should().Be(new Status(StatusCode.Unavailable, "Server Is Not Ready"));
        (await Count(client)).Should().Be(1);
        using var strict = new StandInSubscription(client, Stream("order-1"), OnlyLeader);
        (await strict.Failure()).StatusCode.Should().Be(StatusCode.Unavailable);
        await _cluster.Restart(_cluster.Nodes.First(node => node != leader));
        (await Append(_clients[await _cluster.WaitForLeader()], OnlyLeader)).Success.CurrentRevision.Should().Be(1);
    }

    private static async Task<RpcException> Failure(Func<Task> call) =>
        (await call.Should().ThrowAsync<RpcException>()).Which;

    private static Task<AppendResp> Append(StandInClient client, Metadata headers) =>
        client.Append(new() { StreamIdentifier = Name("order-1"), Any = new() }, [Event()], headers);

    private static async Task<IReadOnlyList<MemberInfo>> Members(StandInClient client) =>
        (await new Gossip.GossipClient(client.Channel).ReadAsync(new())).Members;

    private static async Task<int> Count(StandInClient client) =>
        (await client.Read(Stream("order-1"))).Count(message => message.Event is not null);

    private static async Task<List<ulong>> Positions(StandInClient client) =>
        [.. (await client.Read(All())).Select(message => message.Event.CommitPosition)];

    private List<EventStoreDbNode> Followers() =>
        [.. _cluster.Nodes.Where(node => node != _cluster.Leader && node.IsUp)];
}
