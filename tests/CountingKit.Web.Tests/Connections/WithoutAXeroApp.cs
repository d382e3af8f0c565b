using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Connections;

public sealed class WithoutAXeroApp(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task The_connect_page_says_what_to_register()
    {
        var owner = await portal.Owner();

        var page = await owner.Get("/connections/connect");

        page.ById("redirect-uri").TextContent.Should().EndWith("/connections/xero/callback");
        page.ById("xero-app").TextContent.Should().Contain("Xero__ClientId").And.Contain("CK-XERO-AUTH-05");
        page.Document.QuerySelector("form[action='/connections/connect']").Should().BeNull();
    }

    [Fact]
    public async Task An_empty_list_leads_to_connecting()
    {
        var owner = await portal.Owner();

        var page = await owner.Get("/connections");

        page.ById("connection-list").QuerySelector("a")!.GetAttribute("href").Should().Be("/connections/connect");
    }
}
