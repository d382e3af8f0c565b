using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Spreadsheets;

public sealed class WithoutAGoogleApp(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task The_connect_page_says_what_to_register_and_still_takes_a_key()
    {
        var owner = await portal.Owner();

        var page = await owner.Get("/spreadsheets/connect");

        page.ById("redirect-uri").TextContent.Should().EndWith("/spreadsheets/google/callback");
        page.ById("google-missing").TextContent.Should().Contain("Google__ClientId").And.Contain("CK-GOOGLE-AUTH-06");
        page.Document.QuerySelector("form[action='/spreadsheets/google']").Should().BeNull();
        page.Form("#service-account").TextContent.Should().Contain("Connect service account");
    }

    [Fact]
    public async Task Empty_lists_lead_to_connecting_and_creating()
    {
        var owner = await portal.Owner();

        var spreadsheets = await owner.Get("/spreadsheets");
        var exporters = await owner.GetFragment("/exporters");

        spreadsheets.ById("spreadsheet-list").QuerySelector("a")!.GetAttribute("href").Should().Be("/spreadsheets/connect");
        exporters.IsFragment.Should().BeTrue();
        exporters.ById("exporter-list").QuerySelector("a")!.GetAttribute("href").Should().Be("/exporters/new");
    }
}
