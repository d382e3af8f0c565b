using System.Net;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

public sealed class XeroRefusals(XeroBooksFixture books) : IClassFixture<XeroBooksFixture>
{
    private const string Organisation = "api.xro/2.0/Organisation";

    [Fact]
    public async Task A_token_that_is_none_is_challenged()
    {
        var app = new XeroApp(books.Sandbox) { AccessToken = "not.a.token" };

        var answer = await app.Api(Organisation, books.First);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().Should().Be("Bearer error=invalid_token");
        (await Json(answer))["detail"]!.GetValue<string>().Should().Be("AuthenticationUnsuccessful");
    }

    [Fact]
    public async Task A_token_whose_time_is_over_says_when()
    {
        var app = await books.Connected();
        await books.Sandbox.Control.Post("_/xero/tokens/expire", new { });

        var answer = await app.Api(Organisation, books.First);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await Json(answer))["Detail"]!.GetValue<string>().Should().MatchRegex(
            @"^TokenExpired: token expired at \d\d/\d\d/\d{4} \d\d:\d\d:\d\d$");
    }

    [Fact]
    public async Task Another_organization_is_forbidden_and_so_is_none()
    {
        var app = await books.Connected();

        foreach (var tenant in new[] { books.Second, "not-a-tenant", null })
        {
            var answer = await app.Api(Organisation, tenant);

            answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
            (await Json(answer))["Detail"]!.GetValue<string>().Should().Be("AuthenticationUnsuccessful");
        }
    }

    [Fact]
    public async Task A_disconnected_organization_is_forbidden()
    {
        var app = await books.Connected();
        var connection = (await app.Read("connections"))[0]!;

        var byTenant = await app.Api($"connections/{books.First}", method: HttpMethod.Delete);
        var byId = await app.Api($"connections/{connection["id"]}", method: HttpMethod.Delete);
        var again = await app.Api($"connections/{connection["id"]}", method: HttpMethod.Delete);

        (byTenant.StatusCode, byId.StatusCode, again.StatusCode).Should().Be(
            (HttpStatusCode.Forbidden, HttpStatusCode.NoContent, HttpStatusCode.NotFound));
        (await app.Api(Organisation, books.First)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await app.Read("connections")).AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task A_scope_that_is_missing_is_unauthorized()
    {
        var app = await books.Connected("offline_access accounting.settings.read");

        var answer = await app.Api("api.xro/2.0/Invoices?page=1", books.First);

        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await Json(answer))["Detail"]!.GetValue<string>().Should().Be("AuthorizationUnsuccessful");
        (await app.Api(Organisation, books.First)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task A_write_is_refused_and_stands_in_the_journal_as_one(string method)
    {
        var app = await books.Connected();
        var before = (await books.Sandbox.Control.Journal())[^1].Seq;

        var answer = await app.Api("api.xro/2.0/Invoices", books.First, new HttpMethod(method));

        answer.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        var line = (await books.Sandbox.Control.Journal(before)).Should().ContainSingle().Which;
        (line.Method, line.Write, line.Tenant).Should().Be((method, true, books.First));
    }

    [Theory]
    [InlineData("api.xro/2.0/Invoices/0d5b2c3e-0000-0000-0000-000000000000")]
    [InlineData("api.xro/2.0/Nonsense")]
    public async Task What_is_not_there_is_plain_text(string path)
    {
        var app = await books.Connected();

        var answer = await app.Api(path, books.First);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        (await answer.Content.ReadAsStringAsync()).Should().Be("The resource you're looking for cannot be found");
    }

    [Fact]
    public async Task Without_accept_there_is_no_json()
    {
        var app = await books.Connected();

        (await app.Api(Organisation, books.First, accept: null)).StatusCode.Should().Be(HttpStatusCode.NotAcceptable);
    }

    [Fact]
    public async Task The_journal_holds_no_token_and_no_code()
    {
        var app = await books.Connected();
        await app.Api(Organisation, books.First);

        var journal = System.Text.Json.JsonSerializer.Serialize(await books.Sandbox.Control.Journal());

        journal.Should().NotContain(app.AccessToken).And.NotContain(app.RefreshToken).And.NotContain("code=");
    }

    private static async Task<JsonNode> Json(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
}
