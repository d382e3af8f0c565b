using System.Net;
using System.Text.RegularExpressions;
using CountingKit.Messaging;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Security;

/// <summary>
/// Every route, for every role, with ids that are real: of the own workspace, of another one, and of an organization
/// that the member may not see.
/// </summary>
public abstract partial class WhoMayGoWhere(Neighbors neighbors)
{
    /// <summary>Their page needs what only a sign-in at the vendor makes; who may come finds nothing.</summary>
    private static readonly string[] OfASignIn = ["connections/xero/sign-ins/{signInId:guid}"];

    /// <summary>Pages for who works on the portal: elsewhere there is nothing.</summary>
    private static readonly string[] OfDevelopment = ["styleguide"];

    private static readonly Dictionary<Permission, Role[]> Roles = new()
    {
        [Permission.ManageMembers] = [Role.Owner, Role.Admin],
        [Permission.ManageSettings] = [Role.Owner],
        [Permission.Connect] = [Role.Owner, Role.Admin],
        [Permission.Reconnect] = [Role.Owner, Role.Admin, Role.Operator],
        [Permission.ManageExporters] = [Role.Owner, Role.Admin, Role.Operator],
        [Permission.Run] = [Role.Owner, Role.Admin, Role.Operator],
        [Permission.View] = [Role.Owner, Role.Admin, Role.Operator, Role.Viewer, Role.Auditor],
        [Permission.Audit] = [Role.Owner, Role.Admin, Role.Auditor],
        [Permission.OwnAccount] = [Role.Owner, Role.Admin, Role.Operator, Role.Viewer, Role.Auditor],
    };

    private IReadOnlyList<Route> Guarded => [.. Routes.Of(neighbors.Portal)
        .Where(route => !route.IsOpen && !route.Pattern.Contains("test/", StringComparison.Ordinal))];

    [Fact]
    public void Every_route_asks_for_the_permission_that_the_table_gives_it() =>
        Guarded.Select(route => (Name(route), route.Needs!.Permission)).Should().BeEquivalentTo(
            RouteTable.All.SelectMany(group => group.Value.Select(route => (route, group.Key))));

    [Theory]
    [InlineData(Role.Owner)]
    [InlineData(Role.Admin)]
    [InlineData(Role.Operator)]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Auditor)]
    public async Task A_member_may_go_where_the_role_may_and_is_forbidden_elsewhere(Role role)
    {
        var member = await neighbors.Portal.Member(role);
        var before = await neighbors.Deeds();

        foreach (var route in Guarded.Where(route => !route.IsApi))
        {
            var page = await member.Send(new(new HttpMethod(route.Method), Address(route, neighbors.Own)));

            var may = Roles[route.Needs!.Permission].Contains(role);
            if (!may) page.Status.Should().Be(HttpStatusCode.Forbidden, Name(route));
            else if (route.Method == "POST") page.Status.Should().Be(HttpStatusCode.BadRequest, Name(route));
            else if (OfASignIn.Concat(OfDevelopment).Contains(route.Pattern)) page.Status.Should().Be(HttpStatusCode.NotFound, Name(route));
            else page.Status.Should().BeOneOf([HttpStatusCode.OK, HttpStatusCode.Redirect], Name(route));
        }

        (await neighbors.Deeds()).Should().Be(before);
    }

    [Fact]
    public async Task What_is_in_another_workspace_is_not_there_for_its_neighbors_owner()
    {
        var owner = await neighbors.Portal.Owner();
        await NothingIsThere(
            owner, neighbors.Foreign, Placed("connectionId", "accountId", "spreadsheetKey", "exporterId", "runId"));
    }

    [Fact]
    public async Task What_is_of_an_organization_that_a_member_may_not_see_is_not_there_for_them()
    {
        var member = await neighbors.Portal.Member(Role.Admin, [neighbors.Own.ConnectionId]);
        await NothingIsThere(member, neighbors.Hidden, Placed("connectionId", "accountId", "spreadsheetKey", "exporterId", "runId"));
    }

    [Fact]
    public async Task The_trail_of_a_member_tells_of_nothing_that_pages_hide_from_them()
    {
        var auditor = await neighbors.Portal.Member(Role.Auditor, [neighbors.Own.ConnectionId]);

        var trail = (await auditor.Get("/audit/csv")).Text;

        foreach (var (name, id) in neighbors.Own.Names()) trail.Should().Contain(id, "it is the {0} of what they may see", name);
        foreach (var id in neighbors.Hidden.Names().Values.Concat(neighbors.Foreign.Names().Values))
            trail.Should().NotContain(id).And.NotContain(id.Replace("-", ""));
    }

    [Fact]
    public async Task An_exporter_is_not_taken_over_by_a_form_that_bears_its_id()
    {
        var member = await neighbors.Portal.Member(Role.Admin, [neighbors.Own.ConnectionId]);
        var form = (await member.Get($"/exporters/new?connection={neighbors.Own.ConnectionId}")).Form("#exporter-form");
        var before = await neighbors.Deeds();

        foreach (var others in (Things[])[neighbors.Hidden, neighbors.Foreign, neighbors.Own])
        {
            var page = await member.Submit(
                form, ("ExporterId", $"{others.ExporterId}"), ("CommandId", $"{Guid.CreateVersion7()}"), ("Name", "Mine"),
                ("TabTitle", "Mine"), ("SpreadsheetKey", $"{neighbors.Own.SpreadsheetKey}"));

            page.Status.Should().Be(HttpStatusCode.NotFound);
        }

        (await neighbors.Deeds()).Should().Be(before);
    }

    [Fact]
    public async Task What_is_in_another_workspace_is_not_there_for_an_api_key()
    {
        using var api = neighbors.Portal.Api();
        var routes = Placed("exporterId", "runId").Where(route => route.IsApi).ToList();
        routes.Should().NotBeEmpty();
        var before = await neighbors.Deeds();

        foreach (var route in routes)
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), Address(route, neighbors.Foreign));
            (await api.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.NotFound, Name(route));
        }

        (await neighbors.Deeds()).Should().Be(before);
        var mine = await api.GetStringAsync("/api/v1/runs");
        mine.Should().Contain($"{neighbors.Own.RunId}").And.NotContain($"{neighbors.Foreign.RunId}");
    }

    [Fact]
    public async Task Lists_show_what_a_member_may_see_and_nothing_else()
    {
        var member = await neighbors.Portal.Member(Role.Admin, [neighbors.Own.ConnectionId]);

        foreach (var path in (string[])["/", "/connections", "/spreadsheets", "/exporters", "/runs", "/audit", "/audit/csv"])
        {
            var page = await member.Get(path);

            page.Status.Should().Be(HttpStatusCode.OK, path);
            foreach (var others in (Things[])[neighbors.Hidden, neighbors.Foreign])
                foreach (var id in (Guid[])[others.ConnectionId, others.ExporterId, others.RunId])
                    page.Text.Should().NotContain($"{id}", path).And.NotContain($"{id:N}", path);
        }

        (await member.Get("/runs")).Text.Should().Contain($"{neighbors.Own.RunId}");
    }

    private async Task NothingIsThere(Browser browser, Things things, IEnumerable<Route> routes)
    {
        var token = (await browser.Get("/")).Form("form[action='/sign-out']", inFrame: true)
            .QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value");
        var before = await neighbors.Deeds();

        foreach (var route in routes.Where(route => !route.IsApi))
        {
            var path = Address(route, things);
            var page = route.Method == "POST"
                ? await browser.Post(
                    path, ("__RequestVerificationToken", token), ("commandId", $"{Guid.CreateVersion7()}"))
                : await browser.Get(path);

            page.Status.Should().Be(HttpStatusCode.NotFound, Name(route));
            page.Text.Should().NotContain("Acme");
        }

        (await neighbors.Deeds()).Should().Be(before);
    }

    private IReadOnlyList<Route> Placed(params string[] names) =>
        [.. Guarded.Where(route => names.Any(name => route.Pattern.Contains($"{{{name}:", StringComparison.Ordinal)))];

    private static string Name(Route route) => $"{route.Method} /{route.Pattern.TrimStart('/')}";

    private static string Address(Route route, Things things)
    {
        var names = things.Names();
        return "/" + Parameter().Replace(
            route.Pattern.TrimStart('/'),
            match => names.GetValueOrDefault(match.Groups[1].Value) ?? $"{Guid.CreateVersion7()}");
    }

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}

public sealed class WhoMayGoWhereOnFiles(NeighborsOnFiles neighbors)
    : WhoMayGoWhere(neighbors), IClassFixture<NeighborsOnFiles>;

public sealed class WhoMayGoWhereOnServers(NeighborsOnServers neighbors)
    : WhoMayGoWhere(neighbors), IClassFixture<NeighborsOnServers>;
