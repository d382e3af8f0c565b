using System.Net;
using CountingKit.Connections;
using CountingKit.Messaging;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Connections;

/// <summary>Each test connects an organization of its own.</summary>
public sealed class ConnectingAnOrganization(ConnectingAnOrganization.Several several) : IClassFixture<ConnectingAnOrganization.Several>
{
    private const string ReadOnlySentence = "We only request read-only access. CountingKit cannot change your records, "
        + "create transactions, or change anything else in Xero.";

    private XeroPortal Xero => several.Xero;

    [Fact]
    public async Task From_the_connect_page_over_Xero_to_a_confirmation_that_names_the_organization()
    {
        var owner = await Xero.Portal.Owner();
        var (id, name) = Xero.Organizations[0];

        var page = await owner.Get("/connections/connect");
        var back = await Xero.Connect(owner, id);
        var confirmation = await owner.Get(back.Location!);

        page.ById("read-only").TextContent.Trim().Should().Be(ReadOnlySentence);
        page.ById("before-you-connect").TextContent.Should().Contain("Standard or Adviser access");
        page.Document.QuerySelectorAll(".permission-table tbody tr").Should().HaveCount(4);
        page.Form("form[action='/connections/connect']").TextContent.Should().Contain("Connect Xero Account");
        back.Status.Should().Be(HttpStatusCode.Redirect);
        back.Location.Should().StartWith("/connections/connected?id=").And.NotContain("code").And.NotContain("state");
        confirmation.ById("connected").TextContent.Should().Contain(name);
        confirmation.Document.QuerySelectorAll("#connected a").Select(a => a.TextContent.Trim())
            .Should().Equal("Create an exporter", "Connect another organization", "Open the connection");
    }

    [Fact]
    public async Task Each_trouble_on_the_way_has_a_clean_page_with_its_code()
    {
        var owner = await Xero.Portal.Owner();
        var (id, _) = Xero.Organizations[1];
        var page = await owner.Get("/connections/connect");
        var away = await owner.Submit(page.Form("form[action='/connections/connect']"));
        var callback = await Xero.Consent(away.Location!, id);

        var elsewhere = await (await Xero.Portal.Owner()).Get(callback);
        var stranger = await Xero.Portal.Stranger().Get(callback);
        var denied = await Xero.Connect(owner, id, "cancel");
        var unknown = await owner.Get("/connections/xero/callback?state=nonsense&code=secret-code");
        var first = await owner.Get(callback);
        var twice = await owner.Get(callback);

        elsewhere.Location.Should().Be("/connections/xero/problem/CK-XERO-SIGNIN-02");
        stranger.Location.Should().Be("/connections/xero/problem/CK-XERO-SIGNIN-02");
        denied.Location.Should().Be("/connections/xero/problem/CK-XERO-SIGNIN-06");
        unknown.Location.Should().Be("/connections/xero/problem/CK-XERO-SIGNIN-01");
        first.Location.Should().StartWith("/connections/connected");
        twice.Location.Should().Be("/connections/xero/problem/CK-XERO-SIGNIN-04");
        var told = await owner.Get(denied.Location!);
        told.Status.Should().Be(HttpStatusCode.OK);
        told.ById("main").TextContent.Should().Contain("Nothing was connected").And.Contain("CK-XERO-SIGNIN-06");
    }

    [Fact]
    public async Task A_double_click_goes_to_Xero_twice_and_connects_once()
    {
        var (id, name) = Xero.Organizations[2];
        var owner = await Xero.Portal.Owner();
        var form = (await owner.Get("/connections/connect")).Form("form[action='/connections/connect']");
        var one = await owner.Submit(form);
        var two = await owner.Submit(form);

        var first = await owner.Get(await Xero.Consent(one.Location!, id));
        var second = await owner.Get(await Xero.Consent(two.Location!, id));

        first.Location.Should().StartWith("/connections/connected");
        second.Location.Should().StartWith("/connections/xero/sign-ins/");
        var choose = await owner.Get(second.Location!);
        choose.ById("main").TextContent.Should().Contain($"{name} is already connected in this workspace");
        (await Xero.Portal.Log()).Count(r => r.Event is OrganizationClaimed e && e.TenantId == Guid.Parse(id)).Should().Be(1);
    }

    [Fact]
    public async Task Of_the_form_with_the_choice_what_is_ticked_is_taken()
    {
        var (id, _) = Xero.Organizations[3];
        var owner = await Xero.Portal.Owner();
        var form = (await owner.Get("/connections/connect")).Form("form[action='/connections/connect']");
        var (one, two) = (await owner.Submit(form), await owner.Submit(form));
        await owner.Get(await Xero.Consent(one.Location!, id));
        var choose = await owner.Get((await owner.Get(await Xero.Consent(two.Location!, id))).Location!);
        var choice = choose.Form("form[action^='/connections/xero/sign-ins/']");

        var none = await owner.Submit(choice);
        var taken = await owner.Submit(choice, ("tenants", id));

        none.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        none.Text.Should().Contain("Choose at least one organization.");
        taken.Text.Should().NotContain("Choose at least one organization.");
        (await Xero.Portal.Log()).Count(r => r.Event is OrganizationClaimed e && e.TenantId == Guid.Parse(id)).Should().Be(1);
    }

    [Fact]
    public async Task Reconnecting_takes_the_same_organization_and_names_another_one()
    {
        var owner = await Xero.Portal.Owner();
        var (own, other) = (Xero.Organizations[4], Xero.Organizations[5]);
        var address = await Xero.Connected(owner, own.Id);

        var wrong = await Reconnect(owner, address, other.Id);
        var told = await owner.Get(wrong.Location!);
        var right = await Reconnect(owner, address, own.Id);

        told.ById("other-organization").TextContent.Should()
            .Contain(other.Name).And.Contain(own.Name).And.Contain("CK-CONN-04");
        right.Location.Should().Be(address);
        var page = await owner.Get(address);
        page.ById("notice").TextContent.Should().Contain("Reconnected");
        page.ById("timeline").TextContent.Should().Contain("Reconnected");
    }

    [Theory]
    [InlineData(Role.Operator)]
    [InlineData(Role.Viewer)]
    public async Task Who_may_not_connect_is_told_whom_to_ask(Role role)
    {
        var member = await Xero.Portal.Member(role);

        var page = await member.Get("/connections/connect");
        var list = await member.Get("/connections");

        page.ById("main").TextContent.Should().Contain("Ask an owner or admin");
        list.Document.QuerySelector(".page-actions a").Should().BeNull();
    }

    private async Task<Page> Reconnect(Browser owner, string address, string tenantId)
    {
        var page = await owner.Get($"{address}/reconnect");
        var away = await owner.Submit(page.Form("form[action$='/reconnect']"));
        return await owner.Get(await Xero.Consent(away.Location!, tenantId));
    }

    /// <summary>With an organization for each test, and one that is never connected.</summary>
    public sealed class Several : IAsyncLifetime
    {
        public XeroPortal Xero { get; } = new() { OrganizationCount = 6 };

        public Task InitializeAsync() => Xero.InitializeAsync();

        public Task DisposeAsync() => Xero.DisposeAsync();
    }
}

/// <summary>On a portal of its own, whose only organization goes.</summary>
public sealed class DisconnectingAnOrganization(XeroPortal xero) : IClassFixture<XeroPortal>
{
    [Fact]
    public async Task Disconnecting_wants_the_name_and_tells_what_goes()
    {
        var owner = await xero.Portal.Owner();
        var (id, name) = xero.Organizations[0];
        var address = await xero.Connected(owner, id);
        var form = (await owner.Get($"{address}/disconnect")).Form("#disconnect-form");

        var wrong = await owner.Submit(form, ("typed", "Something else"));
        var asFragment = await owner.SubmitAsHtmx(form, ("typed", "Something else"));
        var right = await owner.Submit(wrong.Form("#disconnect-form"), ("typed", name));
        var repeated = await owner.SubmitAsHtmx(wrong.Form("#disconnect-form"), ("typed", name));
        await xero.Portal.Logged<OrganizationDisconnected>();

        form.TextContent.Should().Contain("What is removed").And.Contain("What stays").And.Contain(name);
        (wrong.Status, wrong.IsFragment).Should().Be((HttpStatusCode.UnprocessableEntity, false));
        wrong.ById("problem-typed").TextContent.Should().Contain("CK-CONN-05");
        (asFragment.Status, asFragment.IsFragment).Should().Be((HttpStatusCode.UnprocessableEntity, true));
        right.Location.Should().Be(address);
        repeated.Answer.Headers.GetValues("HX-Redirect").Should().Equal(address);
        var log = await xero.Portal.Log();
        log.Select(r => r.Event).OfType<DisconnectStepTaken>().Select(e => e.Step).Should().Equal(DisconnectSteps.All);
        log.Count(r => r.Event is OrganizationReleased).Should().Be(1);
    }
}
