using System.Net;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Shell;

/// <summary>The portal on an EventStoreDB that is not there when it starts, comes, goes, and comes back.</summary>
public sealed class EventStoreAway
{
    [Fact]
    public async Task The_portal_starts_says_what_it_waits_for_and_goes_on_once_it_is_there()
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await using var node = await EventStoreDbNode.Start();
        await node.Stop();
        await using var portal = new PortalFactory
        {
            Settings = new() { ["EventStore:ConnectionString"] = node.ConnectionString },
        };
        using var http = portal.CreateClient();

        var answer = await http.GetAsync("/health/ready", giveUp.Token);
        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(giveUp.Token)).Should().Contain("The event store cannot be reached.");
        (await http.GetAsync("/health/live", giveUp.Token)).StatusCode.Should().Be(HttpStatusCode.OK);
        var page = await portal.Stranger().Get("/");
        page.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        page.Text.Should().Contain("The event store cannot be reached").And.Contain("CK-STORE-01")
            .And.Contain("Try again in a moment").And.NotContain("reading its history").And.NotContain("refuses");

        await node.Restart();
        await Ready(http, giveUp.Token);
        await node.Stop();
        (await http.GetAsync("/health/ready", giveUp.Token)).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        await node.Restart();
        await Ready(http, giveUp.Token);
        (await portal.Owner()).Should().NotBeNull();
    }

    private static async Task Ready(HttpClient http, CancellationToken ct)
    {
        while (!(await http.GetAsync("/health/ready", ct)).IsSuccessStatusCode) await Task.Delay(150, ct);
    }
}
