using System.Text.Json.Nodes;
using System.Web;
using CountingKit.Connections;
using CountingKit.Mirror;
using CountingKit.Testing;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Xero;

/// <summary>The whole of it against the stand-in's own process: consent page, tokens, limits, books.</summary>
[Trait("Speed", "Slow")]
public sealed class XeroAgainstTheSandboxTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private SandboxProcess sandbox = null!;
    private XeroHouse house = null!;

    public async Task InitializeAsync()
    {
        sandbox = await SandboxProcess.Start("--Organizations=2", "--Invoices=1200");
        house = new XeroHouse(sandbox.Xero, folder);
    }

    public async Task DisposeAsync()
    {
        await house.DisposeAsync();
        await sandbox.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_person_connects_an_organization_and_its_invoices_are_read()
    {
        var (connectionId, granted) = await Connect("Mary", 0);

        granted.PersonName.Should().Be("Mary Advisor");
        granted.MissingScopes.Should().BeEmpty();
        var organization = await house.Connections.ReadOrganization(connectionId, default);
        organization.Name.Should().Be(granted.Organizations[0].Name);
        organization.TenantId.Should().Be(granted.Organizations[0].TenantId);
        var pages = await Read(connectionId);
        pages.Sum(p => p.Count).Should().BeGreaterThanOrEqualTo(1_200);
        pages[0].ItemCount.Should().Be(pages.Sum(p => p.Count));
        (await house.Connections.Usage(connectionId, default)).Remaining.Should().Be(1_000 - 1 - pages.Count);
    }

    [Fact]
    public async Task Canceling_on_the_consent_page_connects_nothing()
    {
        var started = await house.Start();
        var callback = await Consent(started, "cancel", "Mary", null);

        var outcome = await house.Answer(callback["state"], callback["code"], callback["error"]);

        outcome.Should().BeOfType<XeroSignInFailed>().Which.Problem.Should().Be(XeroCodes.Denied);
    }

    [Fact]
    public async Task A_code_answered_after_its_five_minutes_is_refused()
    {
        var started = await house.Start();
        var callback = await Consent(started, "allow", "Mary", (await Tenants())[0]);
        await sandbox.Control.Advance(TimeSpan.FromMinutes(6));

        var outcome = await house.Answer(callback["state"], callback["code"]);

        outcome.Should().BeOfType<XeroSignInFailed>().Which.Problem.Should().Be(XeroCodes.CodeRefused);
    }

    [Fact]
    public async Task A_write_permission_that_Xero_adds_is_refused()
    {
        await sandbox.Control.Post("_/xero/settings", new
        {
            grantScopes = new[] { "openid", "offline_access", "accounting.invoices.read", "accounting.invoices" },
        });
        var started = await house.Start();
        var callback = await Consent(started, "allow", "Mary", (await Tenants())[0]);

        var outcome = await house.Answer(callback["state"], callback["code"]);

        outcome.Should().BeOfType<XeroSignInFailed>().Which.Should().Match<XeroSignInFailed>(f =>
            f.Problem == XeroCodes.WriteScope && f.Detail == "accounting.invoices");
        (await Calls("POST /connect/revocation")).Should().Be(1);
    }

    [Fact]
    public async Task Tokens_that_Xero_lets_expire_are_renewed_once_for_all_readers()
    {
        var (connectionId, _) = await Connect("Mary", 0);
        await sandbox.Control.Post("_/xero/tokens/expire", new { });
        var before = await Calls("POST /connect/token");

        await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => house.Connections.ReadOrganization(connectionId, default)));

        (await Calls("POST /connect/token") - before).Should().Be(1);
    }

    [Fact]
    public async Task Two_organizations_of_one_person_share_a_sign_in()
    {
        var (first, _) = await Connect("Mary", 0);
        var (second, granted) = await Connect("Mary", 1);

        granted.Organizations.Select(o => (o.JustGranted, o.ConnectionId)).Should().Equal((true, null), (false, first));
        (await house.Connections.SignIn(first, default))!.XeroUserId.Should()
            .Be((await house.Connections.SignIn(second, default))!.XeroUserId);
        (await house.Connections.ReadOrganization(first, default)).Name.Should()
            .NotBe((await house.Connections.ReadOrganization(second, default)).Name);
    }

    [Fact]
    public async Task A_sign_in_revoked_in_Xero_is_dead()
    {
        var (connectionId, granted) = await Connect("Mary", 0);
        await sandbox.Control.Post($"_/xero/grants/{granted.XeroUserId}/revoke", new { });

        (await Failing(connectionId)).Code.Should().Be("CK-XERO-AUTH-02");
    }

    [Fact]
    public async Task An_organization_disconnected_in_Xero_is_lost()
    {
        var (connectionId, granted) = await Connect("Mary", 0);
        await sandbox.Control.Post($"_/xero/organizations/{granted.Organizations[0].TenantId}/disconnect", new { });

        (await Failing(connectionId)).Code.Should().Be("CK-XERO-ACCESS-01");
    }

    [Fact]
    public async Task A_used_up_day_is_told_with_its_end()
    {
        var (connectionId, _) = await Connect("Mary", 0);
        await sandbox.Control.Post("_/xero/limits", new { on = true, day = 1 });
        await house.Connections.ReadOrganization(connectionId, default);

        var limit = await Failing(connectionId);

        limit.Problem.Should().Be(SourceProblem.DayLimit);
        limit.RetryAt.Should().BeAfter(TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Disconnecting_the_last_organization_ends_the_consent()
    {
        var (connectionId, _) = await Connect("Mary", 0);

        await house.Disconnect.RemoveAtXero(connectionId, default);
        (await house.Disconnect.RevokeIfUnused(connectionId, default)).Should().BeTrue();
        await house.Disconnect.Forget(connectionId, default);

        (await Failing(connectionId)).Code.Should().Be("CK-XERO-AUTH-01");
        (await sandbox.Control.Journal()).Where(line => line.Vendor == "xero").TakeLast(2)
            .Select(line => (line.Method, line.Status)).Should().Equal(("DELETE", 204), ("POST", 200));
    }

    private async Task<(Guid ConnectionId, XeroSignInGranted Granted)> Connect(string person, int organization)
    {
        var tenantId = (await Tenants())[organization];
        var started = await house.Start();
        var callback = await Consent(started, "allow", person, tenantId);
        var granted = (await house.Answer(callback["state"], callback["code"]))
            .Should().BeOfType<XeroSignInGranted>().Subject;
        var connectionId = Guid.CreateVersion7();
        await house.SignIn.Attach(started.Id, connectionId, Guid.Parse(tenantId), default);
        return (connectionId, granted);
    }

    /// <summary>Fills in the consent page that the sign-in leads to.</summary>
    private async Task<System.Collections.Specialized.NameValueCollection> Consent(
        StartedSignIn started, string answer, string person, string? tenantId)
    {
        var people = await sandbox.Control.Get<JsonArray>("_/xero/people");
        var id = people.Single(p => p!["givenName"]!.GetValue<string>() == person)!["id"]!.GetValue<string>();
        Dictionary<string, string> form = new(started.Query) { ["answer"] = answer, ["person"] = id };
        if (tenantId is not null) form["organization"] = tenantId;
        using var page = await sandbox.XeroHttp.PostAsync(
            started.Address.GetLeftPart(UriPartial.Path), new FormUrlEncodedContent(form));
        page.Headers.Location.Should().NotBeNull("the consent page goes on");
        page.Headers.Location!.ToString().Should().StartWith(XeroHouse.Redirect.ToString());
        return HttpUtility.ParseQueryString(page.Headers.Location.Query);
    }

    private async Task<IReadOnlyList<string>> Tenants()
    {
        var organizations = await sandbox.Control.Get<JsonArray>("_/xero/organizations");
        return [.. organizations.Select(o => o!["tenantId"]!.GetValue<string>())];
    }

    private async Task<int> Calls(string request) =>
        (await sandbox.Control.Journal()).Count(line => line.Request == request);

    private async Task<List<(int Count, long? ItemCount)>> Read(Guid connectionId)
    {
        List<(int Count, long? ItemCount)> pages = [];
        await foreach (var page in house.Source.ReadPages(connectionId, new("Invoices", null), default))
            pages.Add((page.Records.Count, page.ItemCount));
        return pages;
    }

    private async Task<SourceException> Failing(Guid connectionId)
    {
        var read = () => house.Connections.ReadOrganization(connectionId, default);
        return (await read.Should().ThrowAsync<SourceException>()).Which;
    }
}
