using System.Net;
using System.Web;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

public sealed class XeroConsent(XeroBooksFixture books) : IClassFixture<XeroBooksFixture>
{
    private readonly XeroApp _app = new(books.Sandbox);

    [Fact]
    public async Task The_page_is_a_labelled_form_that_says_what_it_is()
    {
        var page = await Page(_app.AuthorizeParameters());

        page.Should().Contain("Sandbox: stand-in for Xero")
            .And.Contain("<label for=\"person\">Signed in as</label>")
            .And.Contain("<label for=\"organization\">Organization</label>")
            .And.Contain(">Allow access</button>").And.Contain(">Cancel</button>")
            .And.Contain("Harbor &amp; Finch Ltd");
    }

    [Theory]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("client_id", null, "unauthorized_client")]
    [InlineData("redirect_uri", "http://127.0.0.1:5000/callback", "unauthorized_client")]
    [InlineData("redirect_uri", "http://example.com/callback", "unauthorized_client")]
    [InlineData("redirect_uri", "/callback", "unauthorized_client")]
    [InlineData("scope", "openid accounting.everything", "invalid_scope")]
    [InlineData("scope", "accounting.journals.read", "invalid_scope")]
    [InlineData("scope", null, "invalid_scope")]
    [InlineData("state", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    public async Task A_request_that_is_wrong_ends_on_Xeros_page(string parameter, string? value, string error)
    {
        var parameters = _app.AuthorizeParameters();
        parameters[parameter] = value;

        var answer = await _app.OpenConsent(parameters);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(error);
    }

    [Fact]
    public async Task Cancel_comes_back_as_access_denied_with_the_state()
    {
        var answer = await _app.AnswerConsent(_app.AuthorizeParameters(), "cancel", "", null);

        var back = HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
        (back["error"], back["state"], back["code"]).Should().Be(("access_denied", "state & more", null));
    }

    [Fact]
    public async Task Allow_comes_back_with_code_scope_and_state()
    {
        var back = await _app.Allow(books.First);

        back["code"].Should().NotBeNullOrEmpty();
        (back["scope"], back["state"]).Should().Be((XeroApp.ReadScopes, "state & more"));
        back["session_state"].Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_person_without_the_role_is_offered_no_organization()
    {
        var sam = await Person("Sam");

        var switched = await _app.AnswerConsent(_app.AuthorizeParameters(), "switch", sam, null);
        var forced = await _app.AnswerConsent(_app.AuthorizeParameters(), "allow", sam, books.First);

        var page = await switched.Content.ReadAsStringAsync();
        page.Should().Contain("Sam Readonly has no organization to connect").And.NotContain("Allow access");
        forced.StatusCode.Should().Be(HttpStatusCode.OK, "the page is shown again instead of going back");
    }

    [Fact]
    public async Task A_person_is_offered_only_the_organizations_they_belong_to()
    {
        var olive = await Person("Olive");

        var page = await (await _app.AnswerConsent(_app.AuthorizeParameters(), "switch", olive, null))
            .Content.ReadAsStringAsync();

        page.Should().Contain(books.Second).And.NotContain(books.First);
    }

    [Fact]
    public async Task Foreign_text_is_shown_as_text()
    {
        var parameters = _app.AuthorizeParameters();
        parameters["state"] = "\"><script>alert(1)</script>";

        (await Page(parameters)).Should().NotContain("<script>");
    }

    private async Task<string> Page(Dictionary<string, string?> parameters) =>
        await (await _app.OpenConsent(parameters)).Content.ReadAsStringAsync();

    private async Task<string> Person(string name) =>
        (await books.Sandbox.Control.Get<System.Text.Json.Nodes.JsonArray>("_/xero/people"))
        .Single(each => each!["givenName"]!.GetValue<string>() == name)!["id"]!.GetValue<string>();
}
