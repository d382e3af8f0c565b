using System.Net;
using CountingKit.Connections;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Dashboard;

/// <param name="empty">No test does anything in it; members join.</param>
public sealed class DashboardPages(PortalFactory empty) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task An_empty_portal_leads_the_owner_to_google_first()
    {
        var page = await (await empty.Owner()).Get("/");

        page.ById("next-step").GetAttribute("href").Should().Be("/spreadsheets/connect");
        page.Document.QuerySelectorAll("#set-up li").Should().HaveCount(4);
        page.Document.QuerySelectorAll(".is-done, .tile").Should().BeEmpty();
    }

    [Fact]
    public async Task Steps_tick_as_the_log_tells_and_htmx_gets_the_fragment()
    {
        await using var portal = new PortalFactory();
        await portal.InitializeAsync();
        var (story, acme) = (await Story.Of(portal), Guid.CreateVersion7());
        var owner = await portal.Owner();
        await story.Click($"connection-{acme:N}", [acme],
            new OrganizationConnected(acme, Guid.CreateVersion7(), "Acme <Ltd>", Guid.CreateVersion7(), []));

        var fragment = await owner.GetFragment("/");

        fragment.IsFragment.Should().BeTrue();
        fragment.Document.QuerySelectorAll("#set-up .is-done .set-up-title").Single().TextContent.Should().StartWith("Connect Xero");
        fragment.ById("concerns").TextContent.Should().Contain("Acme <Ltd>", "the vault holds no sign-in for it");
    }

    [Fact]
    public async Task A_viewer_is_told_whom_to_ask_instead_of_being_sent()
    {
        var page = await (await empty.Member(Role.Viewer)).Get("/");

        page.Status.Should().Be(HttpStatusCode.OK);
        page.Document.GetElementById("next-step").Should().BeNull();
        page.ById("set-up").TextContent.Should().Contain("Ask an owner or admin");
    }

    [Theory]
    [InlineData(Role.Admin)]
    [InlineData(Role.Operator)]
    [InlineData(Role.Auditor)]
    public async Task Every_role_has_a_dashboard(Role role)
    {
        (await (await empty.Member(role)).Get("/")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_member_sees_nothing_of_organizations_that_are_not_theirs()
    {
        await using var portal = new PortalFactory();
        await portal.InitializeAsync();
        var (story, acme, beta) = (await Story.Of(portal), Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var (id, name) in new[] { (acme, "Acme"), (beta, "Beta") })
            await story.Click($"connection-{id:N}", [id],
                new OrganizationConnected(id, Guid.CreateVersion7(), name, Guid.CreateVersion7(), []));
        var (mine, shared) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await story.Click($"exporter-{mine:N}", [acme], new ExporterCreated(mine, 1, Story.Invoices(acme, "Mine alone"), "s"));
        await story.Click($"exporter-{shared:N}", [acme, beta], new ExporterCreated(
            shared, 1, Story.Invoices(acme, "Of both") with { ConnectionIds = [acme, beta] }, "s"));

        var member = await (await portal.Member(Role.Viewer, [acme])).Get("/");
        var owner = await (await portal.Owner()).Get("/");

        owner.Text.Should().Contain("Beta").And.Contain("Of both");
        member.Text.Should().Contain("Acme").And.Contain("Mine alone").And.NotContain("Beta").And.NotContain("Of both");
    }
}
