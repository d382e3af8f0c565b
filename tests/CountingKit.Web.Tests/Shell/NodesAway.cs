using System.Text.Json;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Shell;

/// <summary>The portal on a cluster that loses two of its three nodes while it runs.</summary>
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
        await using var portal = new PortalFactory
        {
            Settings = new() { ["EventStore:ConnectionString"] = cluster.ConnectionString },
        };
        using var http = portal.CreateClient();
        while (!(await http.GetAsync("/health/ready", giveUp.Token)).IsSuccessStatusCode) await Task.Delay(50, giveUp.Token);

        EventStoreDbNode[] gone = [cluster.Nodes.First(node => node != cluster.Leader), cluster.Leader!];
        foreach (var node in gone) await (hang ? cluster.Freeze(node) : cluster.Kill(node));

        while (!(await Told(http)).Contains("at least half of its nodes are away", StringComparison.Ordinal))
            await Task.Delay(100, giveUp.Token);
    }

    /// <summary>What health says of the event store, each time within the time that it waits.</summary>
    private async Task<string> Told(HttpClient http)
    {
        var answer = await http.GetAsync("/health/ready", giveUp.Token);
        var health = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(giveUp.Token)).RootElement;
        return health.GetProperty("checks").GetProperty("eventStore").GetString()!;
    }
}
