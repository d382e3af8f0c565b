using System.Net;
using System.Text.Json;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Shell;

/// <summary>The portal on a cluster that lost two of its three nodes: while it ran, or before it started.</summary>
public sealed class NodesAway : IDisposable
{
    private readonly CancellationTokenSource giveUp = new(TimeSpan.FromSeconds(120));

    public void Dispose() => giveUp.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Health_says_so_whether_they_are_down_or_hang(bool hang)
    {
        await using var cluster = await EventStoreDbCluster.Start();
        await using var portal = On(cluster);
        using var http = portal.CreateClient();
        while (!(await http.GetAsync("/health/ready", giveUp.Token)).IsSuccessStatusCode) await Task.Delay(150, giveUp.Token);

        foreach (var node in MostOf(cluster)) await (hang ? cluster.Freeze(node) : cluster.Kill(node));

        while (!(await Told(http)).Contains("at least half of its nodes are away", StringComparison.Ordinal))
            await Task.Delay(100, giveUp.Token);
    }

    [Fact]
    public async Task A_portal_that_starts_then_says_so_on_its_page_and_goes_on_when_they_are_back()
    {
        await using var cluster = await EventStoreDbCluster.Start();
        var gone = MostOf(cluster);
        foreach (var node in gone) await cluster.Kill(node);
        await using var portal = On(cluster);
        var stranger = portal.Stranger();

        var page = await stranger.Get("/");
        while (!page.Text.Contains("CK-STORE-17", StringComparison.Ordinal))
        {
            page.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
            await Task.Delay(150, giveUp.Token);
            page = await stranger.Get("/");
        }

        page.Text.Should().Contain("The event store cannot go on: at least half of its nodes are away")
            .And.Contain("It goes on by itself when they are back").And.NotContain("reading its history");
        foreach (var node in gone) await cluster.Restart(node);
        while (page.Status == HttpStatusCode.ServiceUnavailable)
        {
            await Task.Delay(150, giveUp.Token);
            page = await stranger.Get("/");
        }

        page.Location.Should().StartWith("/sign-in");
    }

    private static PortalFactory On(EventStoreDbCluster cluster) => new()
    {
        Settings = new() { ["EventStore:ConnectionString"] = cluster.ConnectionString },
    };

    /// <summary>A follower and the leader.</summary>
    private static EventStoreDbNode[] MostOf(EventStoreDbCluster cluster) =>
        [cluster.Nodes.First(node => node != cluster.Leader), cluster.Leader!];

    /// <summary>What health says of the event store, each time within the time that it waits.</summary>
    private async Task<string> Told(HttpClient http)
    {
        var answer = await http.GetAsync("/health/ready", giveUp.Token);
        var health = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(giveUp.Token)).RootElement;
        return health.GetProperty("checks").GetProperty("eventStore").GetString()!;
    }
}
