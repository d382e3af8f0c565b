using System.Net;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Vault;
using CountingKit.Web.Tests.Portal;
using CountingKit.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Settings;

public sealed class SetAsideSettings(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private const string Address = "/settings/set-aside";

    [Fact]
    public async Task An_event_that_nobody_knows_is_named_to_the_owner_and_to_the_health_page_and_can_be_tried_again()
    {
        var store = portal.Services.GetRequiredService<IEventStore>();
        var foreign = await store.Append(
            "foreign-1", ExpectedRevision.Any, [new(Guid.CreateVersion7(), "<b>foreign</b>", "{}"u8.ToArray(), "{}"u8.ToArray())], default);
        (await portal.Services.GetRequiredService<ReadModels>().CaughtUpTo(foreign.Position, default)).Should().BeTrue();
        var owner = await portal.Owner();

        var page = await owner.Get(Address);
        page.ById("set-aside-events").TextContent.Should().Contain("<b>foreign</b>").And.Contain("foreign-1")
            .And.Contain("all pages").And.Contain("what follows for runs").And.Contain("CK-STORE-05");
        page.ById("reactors").TextContent.Should().Contain("runs").And.MatchRegex(@"\d+/\d+");
        page.Document.QuerySelector($".member-menu a[href='{Address}']").Should().NotBeNull();

        using var http = portal.CreateClient();
        var health = await http.GetAsync("/health/ready");
        health.StatusCode.Should().Be(HttpStatusCode.OK, "it serves, and stays in rotation");
        (await health.Content.ReadAsStringAsync()).Should().Contain("Degraded").And.Contain("the page Set aside");

        (await owner.Submit(page.Form("#set-aside form"))).Location.Should().Be(Address);
        await portal.Logged<SetAsideRetryRequested>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await owner.Get(Address)).Document.QuerySelector("#set-aside form") is null) await Task.Delay(50, patience.Token);
        (await owner.Get(Address)).ById("set-aside-events").TextContent.Should().Contain("foreign", "nothing knows it yet");
    }

    [Fact]
    public async Task Work_that_keeps_failing_is_named_to_the_owner_and_to_the_health_page()
    {
        await using (var db = await portal.Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync())
        {
            db.Work.Add(new WorkRow
            {
                Id = Guid.CreateVersion7(), Kind = "nobody-does-it", Key = "<b>broken</b>", Payload = "{}", Failures = 7,
                LastFailure = nameof(InvalidOperationException), LastFailedAt = DateTime.UnixEpoch,
            });
            await db.SaveChangesAsync();
        }

        var page = await (await portal.Owner()).Get(Address);
        using var http = portal.CreateClient();
        var health = await http.GetStringAsync("/health/ready");

        page.ById("failing-work").TextContent.Should().Contain("nobody-does-it").And.Contain("<b>broken</b>")
            .And.Contain("7 times").And.Contain(nameof(InvalidOperationException));
        page.Text.Should().Contain("CK-QUEUE-01");
        health.Should().Contain("CK-QUEUE-01");
    }

    [Fact]
    public async Task An_admin_has_neither_the_page_nor_its_link()
    {
        var admin = await portal.Member(Role.Admin);

        (await admin.Get(Address)).Status.Should().Be(HttpStatusCode.Forbidden);
        (await admin.Get("/")).Document.QuerySelector($".member-menu a[href='{Address}']").Should().BeNull();
    }
}
