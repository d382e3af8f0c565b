using System.Net;
using System.Text.Json;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Shell;

public sealed class Frame(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task Htmx_is_told_to_stay_at_home_and_to_run_nothing()
    {
        var page = await portal.Stranger().Get("/sign-in");

        var config = JsonDocument.Parse(
            page.Document.QuerySelector("meta[name=htmx-config]")!.GetAttribute("content")!).RootElement;
        config.GetProperty("selfRequestsOnly").GetBoolean().Should().BeTrue();
        config.GetProperty("allowScriptTags").GetBoolean().Should().BeFalse();
        config.GetProperty("allowEval").GetBoolean().Should().BeFalse();
        config.GetProperty("includeIndicatorStyles").GetBoolean().Should().BeFalse();
        config.GetProperty("historyCacheSize").GetInt32().Should().Be(0);
        config.GetProperty("antiForgery").GetProperty("headerName").GetString().Should().Be("RequestVerificationToken");
        config.GetProperty("antiForgery").GetProperty("requestToken").GetString().Should().NotBeEmpty();
    }

    [Fact]
    public async Task Nothing_inline_runs_and_forms_lead_to_the_portal_and_the_two_sign_ins()
    {
        var page = await portal.Stranger().Get("/sign-in");

        var policy = page.Header("Content-Security-Policy");
        policy.Should().Contain("default-src 'none'").And.Contain("script-src 'self';").And.Contain("style-src 'self';");
        policy.Should().EndWith("form-action 'self' https://*.xero.com https://accounts.google.com");
        policy.Should().NotContain("unsafe");
        page.Document.QuerySelectorAll("script:not([src]), style, [style], [onclick]").Should().BeEmpty();
        page.Header("X-Content-Type-Options").Should().Be("nosniff");
        page.Header("Referrer-Policy").Should().Be("same-origin");
    }

    [Theory]
    [InlineData("/lib/tabler/tabler.min.css")]
    [InlineData("/lib/htmx/htmx.min.js")]
    [InlineData("/live.js")]
    [InlineData("/site.js")]
    [InlineData("/site.css")]
    [InlineData("/icons.svg")]
    [InlineData("/favicon.svg")]
    public async Task A_file_of_the_front_end_comes_from_the_portal_itself(string path)
    {
        var page = await portal.Stranger().Get(path);

        page.Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_owner_sees_every_place_their_workspace_and_the_way_out()
    {
        var owner = await portal.Owner();

        var page = await owner.Get("/");

        page.Document.QuerySelectorAll("nav[aria-label=Main] a").Select(a => a.TextContent.Trim()).Should().Equal(
            "Dashboard", "Connections", "Spreadsheets", "Exporters", "Runs", "Audit");
        page.Document.QuerySelector("nav a[aria-current=page]")!.TextContent.Trim().Should().Be("Dashboard");
        page.Document.QuerySelector(".shell-workspace")!.TextContent.Should().Be("Finance");
        page.Document.QuerySelector("a.skip-link")!.GetAttribute("href").Should().Be("#main");
        page.Document.QuerySelector("form[action='/sign-out'] button")!.TextContent.Trim().Should().Be("Sign out");
        page.Document.QuerySelectorAll("h1").Should().ContainSingle();
    }

    [Fact]
    public async Task Every_icon_that_the_frame_names_is_in_the_sprite()
    {
        var owner = await portal.Owner();
        var sprite = await owner.Get("/icons.svg");

        var page = await owner.Get("/");

        var names = page.Document.QuerySelectorAll("use").Select(use => use.GetAttribute("href")!.Split('#')[1]).Distinct();
        names.Should().NotBeEmpty().And.OnlyContain(name => sprite.Text.Contains($"id=\"{name}\""));
    }

    [Fact]
    public async Task A_viewer_does_not_see_the_audit_trail_in_the_navigation()
    {
        var viewer = await portal.Member(Messaging.Role.Viewer);

        var page = await viewer.Get("/");

        page.Document.QuerySelectorAll("nav[aria-label=Main] a").Select(a => a.GetAttribute("href"))
            .Should().NotContain("/audit").And.Contain("/runs");
    }
}
