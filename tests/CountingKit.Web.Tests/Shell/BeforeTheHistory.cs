using System.Net;
using System.Text.Json;
using CountingKit.Testing;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.EventStoreDb.Faults;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Shell;

/// <summary>What pages say as long as the portal has not read the log: that it is refused, and why, or that it reads.</summary>
public sealed class BeforeTheHistory : IDisposable
{
    private readonly CancellationTokenSource giveUp = new(TimeSpan.FromSeconds(120));
    private readonly Dictionary<string, EventStoreDbUser> users = new()
    {
        ["adm"] = new("plain", true), ["ops"] = new("plain", false),
    };

    public void Dispose() => giveUp.Dispose();

    [Theory]
    [InlineData("adm:wr0ng@", "its user name or password is wrong", "CK-STORE-12")]
    [InlineData("", "it requires a user", "CK-STORE-13")]
    [InlineData("ops:plain@", "its user does not have permission for this", "CK-STORE-14")]
    public async Task A_store_that_refuses_is_told_with_what_its_operator_does_about_it(string user, string why, string code)
    {
        await using var node = await EventStoreDbNode.Start(new() { Users = users });
        await using var portal = On($"esdb://{user}127.0.0.1:{node.Port}?tls=false");

        var page = await portal.Stranger().Get("/");

        IsRefusal(page, code).Text.Should().Contain($"The event store refuses the portal: {why}")
            .And.NotContain("wr0ng").And.NotContain("127.0.0.1");
        using var api = portal.Api();
        var answer = await api.GetAsync("/api/v1/connections", giveUp.Token);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(giveUp.Token)).RootElement;
        problem.GetProperty("code").GetString().Should().Be(code);
    }

    [Fact]
    public async Task An_expired_certificate_is_told_as_what_it_is()
    {
        using var folder = new TempFolder();
        using var expired = new TestCertificates(folder.Path, isExpired: true);
        await using var node = await EventStoreDbNode.Start(new() { Tls = expired });
        await using var portal = On(node.ConnectionString);

        var page = await portal.Stranger().Get("/");

        IsRefusal(page, "CK-STORE-15").Text.Should().Contain("The certificate of the event store has expired");
    }

    [Fact]
    public async Task Once_the_store_lets_the_portal_in_its_pages_work()
    {
        await using var node = await EventStoreDbNode.Start(new() { Users = users });
        await using var portal = On($"esdb://adm:another@127.0.0.1:{node.Port}?tls=false");
        var stranger = portal.Stranger();
        IsRefusal(await stranger.Get("/"), "CK-STORE-12");

        users["adm"] = new("another", true);

        await Works(stranger);
    }

    [Fact]
    public async Task That_the_history_is_read_is_said_while_it_is()
    {
        await using var node = await EventStoreDbNode.Start();
        node.Faults.CutSubscription(SubscriptionEnd.Silence, afterEvents: 1, times: 1000);
        await using var portal = On(node.ConnectionString);
        var stranger = portal.Stranger();

        var page = await stranger.Get("/");

        page.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        page.Text.Should().Contain("The portal is reading its history").And.Contain("CK-REQUEST-503")
            .And.NotContain("refuses").And.NotContain("cannot be reached");
        node.Faults.Clear();
        node.CutConnections();
        await Works(stranger);
    }

    private static PortalFactory On(string store) => new() { Settings = new() { ["EventStore:ConnectionString"] = store } };

    private static Page IsRefusal(Page page, string code)
    {
        page.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        page.Text.Should().Contain(code).And.Contain("waiting does not help").And.Contain("Whoever looks after this installation")
            .And.Contain("EventStore__ConnectionString").And.NotContain("in a moment").And.NotContain("reading its history");
        return page;
    }

    /// <summary>Who is not signed in is sent to the sign-in.</summary>
    private async Task Works(Browser stranger)
    {
        var page = await stranger.Get("/");
        for (; page.Status == HttpStatusCode.ServiceUnavailable; page = await stranger.Get("/")) await Task.Delay(150, giveUp.Token);
        page.Location.Should().StartWith("/sign-in");
    }
}
