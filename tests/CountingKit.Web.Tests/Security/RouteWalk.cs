using System.Net;
using CountingKit.Web.Security;
using CountingKit.Web.Tests.Portal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Security;

public sealed class RouteWalk(PortalFactory portal) : IClassFixture<PortalFactory>
{
    // A vendor's answer may come back to a browser without a session: it then leads to a page that says so.
    private static readonly string[] Strangers =
    [
        "error/{status:int?}", "sign-in", "setup", "restore",
        "connections/xero/callback", "connections/xero/problem/{code}",
        "spreadsheets/google/callback", "spreadsheets/google/problem/{code}",
    ];

    [Fact]
    public void Every_endpoint_declares_exactly_one_permission() =>
        DeclaredPermissions.Undeclared(portal.Services.GetRequiredService<EndpointDataSource>().Endpoints)
            .Should().BeEmpty();

    [Fact]
    public void An_endpoint_that_declares_none_or_two_is_found()
    {
        Endpoint none = new(null, new EndpointMetadataCollection(), "none");
        Endpoint two = new(null, new EndpointMetadataCollection(
            new NeedsAttribute(Messaging.Permission.View), new OpenToStrangersAttribute()), "two");
        Endpoint one = new(null, new EndpointMetadataCollection(new NeedsAttribute(Messaging.Permission.View)), "one");

        DeclaredPermissions.Undeclared([none, two, one]).Should().Equal("none", "two");
    }

    [Fact]
    public void Strangers_reach_the_sign_in_the_set_up_and_errors_and_nothing_else() =>
        Routes.Of(portal).Where(route => route.IsOpen).Select(route => route.Pattern.TrimStart('/')).Distinct()
            .Should().BeEquivalentTo(Strangers);

    [Fact]
    public async Task A_stranger_is_sent_to_the_sign_in_from_everywhere_else()
    {
        var stranger = portal.Stranger();
        var routes = Routes.Of(portal).Where(route => !route.IsOpen).ToList();
        routes.Should().NotBeEmpty();

        foreach (var route in routes)
        {
            var page = await stranger.Send(new HttpRequestMessage(new HttpMethod(route.Method), route.Path));

            if (route.IsApi) page.Status.Should().Be(HttpStatusCode.Unauthorized, "{0} {1}", route.Method, route.Pattern);
            else if (route.Method == "GET") page.Location.Should().StartWith("/sign-in?returnTo=", "{0} {1}", route.Method, route.Pattern);
            else page.Location.Should().Be("/sign-in", "{0} {1} is no page to go back to", route.Method, route.Pattern);
        }
    }

    [Fact]
    public async Task Every_form_without_its_token_is_a_bad_request()
    {
        var owner = await portal.Owner();
        var forms = Routes.Of(portal).Where(r => r is { Method: "POST", IsApi: false }).ToList();
        forms.Should().NotBeEmpty();
        await portal.Settled();
        var before = (await portal.Log()).Count;

        foreach (var form in forms)
        {
            var page = await owner.Post(form.Path, ("anything", "else"));

            page.Status.Should().Be(HttpStatusCode.BadRequest, form.Pattern);
        }

        await portal.Settled();
        (await portal.Log()).Count.Should().Be(before);
    }

    [Fact]
    public async Task Who_lacks_the_permission_of_an_endpoint_is_forbidden()
    {
        var viewer = await portal.Member(Messaging.Role.Viewer);

        (await viewer.Get("/test/connect")).Status.Should().Be(HttpStatusCode.Forbidden);
        (await viewer.Get("/test/fine")).Status.Should().Be(HttpStatusCode.OK);
    }
}
