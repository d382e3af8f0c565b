using System.Net;
using CountingKit.Audit;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Web.Tests.Portal;
using CountingKit.Workspaces;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Settings;

public sealed class ReadModelsSettings(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private const string Address = "/settings/read-models";

    [Fact]
    public async Task An_owner_sees_how_they_stand_and_finds_the_page_in_the_menu()
    {
        var page = await (await portal.Owner()).Get(Address);

        page.ById("read-models-version").TextContent.Should().Be($"{ReadDb.Version}");
        page.ById("read-models-complete").TextContent.Should().Be("yes");
        page.ById("read-models-position").TextContent.Should().MatchRegex(@"^\d+/\d+$");
        page.Document.QuerySelector($".member-menu a[href='{Address}']").Should().NotBeNull();
        page.Text.Should().Contain("Nothing in the log, in Xero or in your sheets is touched");
    }

    [Fact]
    public async Task They_are_made_anew_and_the_trail_says_who_asked()
    {
        var owner = await portal.Owner();

        var answer = await owner.Submit((await owner.Get(Address)).Form("#read-models form"));

        answer.Location.Should().Be(Address);
        await portal.Logged<ReadModelsRebuildRequested>();
        (await Ended(owner)).ById("read-models-rebuild").TextContent.Should().Contain("Done").And.Contain("events");
        await using var rows = portal.Services.GetRequiredService<ReadModels>().Open();
        rows.Set<AuditRow>().Count().Should().Be((await portal.Log()).Count);
        var line = rows.Set<AuditRow>().Where(r => r.EventType == "read-models-rebuild-requested.v1").OrderBy(r => r.Number).Last();
        Actor.MemberOf(line.Actor).Should().NotBeNull();
    }

    [Fact]
    public async Task Sent_by_htmx_it_is_told_where_to_go()
    {
        var owner = await portal.Owner();

        var answer = await owner.SubmitAsHtmx((await owner.Get(Address)).Form("#read-models form"));

        answer.Header("HX-Redirect").Should().Be(Address);
        await Ended(owner);
    }

    [Fact]
    public async Task Htmx_gets_the_card_alone()
    {
        var owner = await portal.Owner();

        var page = await owner.Send(Browser.AsHtmx(new HttpRequestMessage(HttpMethod.Get, Address)));

        page.IsFragment.Should().BeTrue();
        page.ById("read-models");
    }

    [Fact]
    public async Task An_admin_has_neither_the_page_nor_its_link()
    {
        var admin = await portal.Member(Role.Admin);

        (await admin.Get(Address)).Status.Should().Be(HttpStatusCode.Forbidden);
        (await admin.Get("/")).Document.QuerySelector($".member-menu a[href='{Address}']").Should().BeNull();
    }

    private static async Task<Page> Ended(Browser owner)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var page = await owner.Get(Address);
            if (page.Document.QuerySelector("#read-models form") is not null) return page;
            await Task.Delay(50, patience.Token);
        }
    }
}
