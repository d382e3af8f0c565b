using System.Net;
using CountingKit.Messaging;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Shell;

public sealed class DashboardPage(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task A_new_workspace_is_led_through_the_set_up_in_order()
    {
        var owner = await portal.Owner();

        var page = await owner.Get("/");

        var steps = page.ById("set-up").QuerySelectorAll("li");
        steps.Select(step => step.QuerySelector("a")!.TextContent).Should().Equal(
            "Connect a Google Sheet", "Connect a Xero organization", "Create an exporter", "Run it");
        steps.Should().OnlyContain(step => step.GetAttribute("data-done") == "false");
        page.Document.GetElementById("latest-runs").Should().BeNull();
    }

    [Theory]
    [InlineData(Role.Admin)]
    [InlineData(Role.Operator)]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Auditor)]
    public async Task Every_role_has_a_dashboard(Role role)
    {
        var member = await portal.Member(role);

        (await member.Get("/")).Status.Should().Be(HttpStatusCode.OK);
    }
}
