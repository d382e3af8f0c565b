using System.Net;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>What people do again, or undo, on Xero's side.</summary>
public sealed class XeroWithdrawals : IAsyncLifetime
{
    private readonly XeroBooksFixture _books = new() { Invoices = 20 };
    private XeroApp _app = null!;

    public async Task InitializeAsync()
    {
        await _books.InitializeAsync();
        _app = await _books.Connected();
    }

    public Task DisposeAsync() => _books.DisposeAsync();

    [Fact]
    public async Task Allowing_an_organization_again_renews_its_connection()
    {
        var before = await OnlyConnection();
        await _books.Sandbox.Control.Advance(TimeSpan.FromDays(1));

        await _app.SignIn(_books.First);

        var after = await OnlyConnection();
        Text(after, "id").Should().Be(Text(before, "id"));
        Text(after, "authEventId").Should().NotBe(Text(before, "authEventId"));
        Text(after, "createdDateUtc").Should().Be(Text(before, "createdDateUtc"));
        Text(after, "updatedDateUtc").Should().NotBe(Text(before, "updatedDateUtc"));
    }

    [Fact]
    public async Task What_is_granted_can_differ_from_what_is_asked()
    {
        string[] told = ["offline_access", "accounting.invoices"];
        await _books.Sandbox.Control.Post("_/xero/settings", new { grantScopes = told });

        var tokens = await _app.SignIn(_books.First);

        Text(tokens, "scope").Should().Be("offline_access accounting.invoices");
    }

    [Fact]
    public async Task A_person_who_withdraws_the_app_ends_its_sign_in()
    {
        var people = await _books.Sandbox.Control.Get<JsonArray>("_/xero/people");

        await _books.Sandbox.Control.Post($"_/xero/grants/{Text(people[0]!, "id")}/revoke", new { });

        (await _app.Refresh()).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await _app.Read("connections")).AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task An_organization_that_removes_the_app_is_forbidden_though_the_sign_in_lives()
    {
        await _books.Sandbox.Control.Post($"_/xero/organizations/{_books.First}/disconnect", new { });

        (await _app.Api("api.xro/2.0/Organisation", _books.First)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await _app.Refresh()).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private async Task<JsonNode> OnlyConnection() =>
        (await _app.Read("connections")).AsArray().Should().ContainSingle().Which!;

    private static string Text(JsonNode json, string name) => json[name]!.GetValue<string>();
}
