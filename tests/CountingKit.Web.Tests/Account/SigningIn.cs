using System.Net;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Vault;
using CountingKit.Web.Tests.Portal;
using CountingKit.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Account;

public sealed class SigningIn(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private const string Wrong = "That email and password do not match";

    [Fact]
    public async Task The_right_password_opens_the_page_that_was_wanted()
    {
        var browser = portal.Stranger();
        var sent = await browser.Get("/test/fine?x=1");
        var page = await browser.Get(sent.Location!);

        var answer = await browser.Submit(page.Form(), ("Email", "OLIVIA@example.com"), ("Password", PortalFactory.Password));

        answer.Location.Should().Be("/test/fine?x=1");
        (await browser.Get("/test/fine")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("https://evil.example.com/")]
    [InlineData("//evil.example.com/")]
    public async Task It_does_not_lead_to_another_site(string returnTo)
    {
        var browser = portal.Stranger();
        var page = await browser.Get($"/sign-in?returnTo={Uri.EscapeDataString(returnTo)}");

        var answer = await browser.Submit(
            page.Form(), ("Email", PortalFactory.OwnerEmail), ("Password", PortalFactory.Password));

        answer.Location.Should().Be("/");
    }

    [Theory]
    [InlineData(PortalFactory.OwnerEmail)]
    [InlineData("nobody@example.com")]
    public async Task A_wrong_password_and_an_unknown_person_look_the_same(string email)
    {
        var browser = portal.Stranger();
        var page = await browser.Get("/sign-in");

        var answer = await browser.Submit(page.Form(), ("Email", email), ("Password", "not the password"));

        answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        answer.Document.QuerySelector("[role=alert]")!.TextContent.Should().Contain(Wrong);
        answer.Text.Should().NotContain("not the password");
    }

    [Fact]
    public async Task Signing_in_and_out_stands_in_the_log_by_member_id_in_the_workspace()
    {
        var (memberId, email) = await portal.Joined(Role.Owner);
        var browser = await portal.SignedIn(email);
        await portal.Logged<MemberSignedIn>(e => e.MemberId == memberId);

        var page = await browser.Get("/");
        var answer = await browser.Submit(page.Form("form[action='/sign-out']", inFrame: true));

        answer.Location.Should().Be("/sign-in");
        (await browser.Get("/")).Location.Should().StartWith("/sign-in");
        await portal.Logged<MemberSignedOut>(e => e.MemberId == memberId);
        var recorded = (await portal.Log()).Single(r => IsSignInOf(memberId, r));
        recorded.Metadata.WorkspaceId.Should().NotBeEmpty();
        recorded.Metadata.Actor.Should().Be($"member:{memberId}");
    }

    [Fact]
    public async Task The_cookie_is_for_this_site_and_not_for_scripts()
    {
        var browser = portal.Stranger();
        var page = await browser.Get("/sign-in");

        var answer = await browser.Submit(
            page.Form(), ("Email", PortalFactory.OwnerEmail), ("Password", PortalFactory.Password));

        var cookie = answer.Answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("countingkit=", StringComparison.Ordinal));
        cookie.Should().Contain("samesite=lax").And.Contain("httponly").And.NotContain("expires").And.NotContain("max-age");
    }

    [Fact]
    public async Task A_changed_password_ends_every_other_session_and_stands_in_the_log()
    {
        var (memberId, email) = await portal.Joined(Role.Owner);
        var (here, elsewhere) = (await portal.SignedIn(email), await portal.SignedIn(email));
        var page = await here.Get("/account/password");

        var answer = await here.Submit(
            page.Form(), ("Current", PortalFactory.Password), ("Next", "a whole new sentence"), ("Again", "a whole new sentence"));

        answer.Location.Should().Be("/account/password");
        (await here.Get("/account/password")).ById("notice").TextContent.Should().Contain("Your password is changed");
        (await elsewhere.Get("/")).Location.Should().StartWith("/sign-in");
        await portal.Logged<PasswordChanged>(e => e.MemberId == memberId);
        await portal.SignedIn(email, "a whole new sentence");
    }

    [Theory]
    [InlineData("not the password", "a whole new sentence", "a whole new sentence", "The current password is not right.")]
    [InlineData(PortalFactory.Password, "too short", "too short", "at least 12 characters")]
    [InlineData(PortalFactory.Password, "a whole new sentence", "another sentence", "The two new passwords differ.")]
    public async Task A_password_that_cannot_be_changed_comes_back_with_the_reason(
        string current, string next, string again, string reason)
    {
        var owner = await portal.Owner();
        var page = await owner.Get("/account/password");

        var answer = await owner.Submit(page.Form(), ("Current", current), ("Next", next), ("Again", again));
        var fragment = await owner.SubmitAsHtmx(page.Form(), ("Current", current), ("Next", next), ("Again", again));

        answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        answer.ById("password-form").TextContent.Should().Contain(reason);
        answer.IsFragment.Should().BeFalse();
        fragment.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        fragment.IsFragment.Should().BeTrue();
        fragment.ById("password-form").TextContent.Should().Contain(reason);
        fragment.Header("Vary").Should().Contain("HX-Request");
    }

    [Fact]
    public async Task Htmx_is_told_to_go_to_the_sign_in_when_the_session_is_over()
    {
        var fragment = await portal.Stranger().GetFragment("/test/fine");

        fragment.Status.Should().Be(HttpStatusCode.Unauthorized);
        fragment.Header("HX-Redirect").Should().Be("/sign-in");
    }

    [Theory]
    [InlineData("POST", "Referer", false)]
    [InlineData("GET", "HX-Current-URL", true)]
    public async Task A_click_after_the_session_is_over_leads_back_to_the_page_of_the_button(string verb, string header, bool asHtmx)
    {
        foreach (var (from, then) in new[]
        {
            ("http://localhost/exporters?sort=name", "/sign-in?returnTo=%2Fexporters%3Fsort%3Dname"),
            ("https://evil.example.com/exporters", "/sign-in"), ("no address", "/sign-in"),
        })
        {
            var click = new HttpRequestMessage(
                HttpMethod.Parse(verb), $"/connections/0193a000-0000-7000-8000-0000000000a1{(verb == "POST" ? "/pause" : "")}");
            click.Headers.TryAddWithoutValidation(header, from);

            var answer = await portal.Stranger().Send(asHtmx ? Browser.AsHtmx(click) : click);

            (asHtmx ? answer.Header("HX-Redirect") : answer.Location).Should().Be(then);
        }
    }

    [Fact]
    public async Task What_htmx_sends_after_the_session_is_over_leaves_its_page_as_it_is()
    {
        var click = new HttpRequestMessage(HttpMethod.Post, "/connections/0193a000-0000-7000-8000-0000000000a1/pause");

        var answer = await portal.Stranger().Send(Browser.AsHtmx(click));

        (answer.Status, answer.Header("HX-Redirect")).Should().Be((HttpStatusCode.Unauthorized, null));
    }

    [Fact]
    public async Task What_reached_the_log_before_a_crash_is_not_told_twice()
    {
        var (memberId, email) = await portal.Joined(Role.Owner);
        await portal.SignedIn(email);
        await portal.Logged<MemberSignedIn>(e => e.MemberId == memberId);
        var told = (await portal.Log()).Single(r => IsSignInOf(memberId, r));
        await using var scope = portal.Services.CreateAsyncScope();
        await using var vault = scope.ServiceProvider.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContext();
        await portal.Settled();

        vault.Outbox.Add(new OutboxRow
        {
            EventId = told.Id,
            Stream = told.Stored.Stream,
            Type = told.Stored.Type,
            Data = System.Text.Encoding.UTF8.GetString(told.Stored.Data.Span),
            Metadata = System.Text.Encoding.UTF8.GetString(told.Stored.Metadata.Span),
        });
        await vault.SaveChangesAsync();
        await portal.Settled();

        (await portal.Log()).Count(r => IsSignInOf(memberId, r)).Should().Be(1);
    }

    private static bool IsSignInOf(Guid memberId, RecordedEvent recorded) =>
        recorded.Event is MemberSignedIn signedIn && signedIn.MemberId == memberId;
}
