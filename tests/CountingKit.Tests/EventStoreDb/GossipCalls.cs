using CountingKit.Adapters.EventStoreDb.Client;
using CountingKit.Testing.EventStoreDb;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>How the nodes of a cluster are asked who they are.</summary>
public sealed class GossipCalls
{
    [Fact]
    public void They_name_the_portal_and_no_user() =>
        CallHeaders.OfGossip(EventStoreClientSettings.Create("esdb://ops:plain@a,b?connectionName=portal"))
            .Select(header => (header.Key, header.Value)).Should().Equal(("connection-name", "portal"));

    [Fact]
    public async Task While_one_node_may_come_back_what_is_wrong_with_another_does_not_end_the_search()
    {
        await using var plain = await EventStoreDbNode.Start();
        await using var gone = await EventStoreDbNode.Start();
        await gone.Stop();
        var nodes = $"127.0.0.1:{plain.Port},127.0.0.1:{gone.Port}";
        using var client = new EventStoreClient(
            EventStoreClientSettings.Create($"esdb://{nodes}?maxDiscoverAttempts=3&discoveryInterval=1"), TimeProvider.System);
        var ask = () => client.GetServerVersionAsync(CancellationToken.None);

        (await ask.Should().ThrowAsync<DiscoveryException>()).Which.IsTransient.Should().BeTrue();
    }
}
