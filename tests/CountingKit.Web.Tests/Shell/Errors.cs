using System.Net;
using System.Text.Json;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Shell;

public sealed class Errors(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Theory]
    [InlineData("refused", HttpStatusCode.UnprocessableEntity, "The moon is <full>.")]
    [InlineData("invalid", HttpStatusCode.UnprocessableEntity, "Give it a name.")]
    [InlineData("missing", HttpStatusCode.NotFound, "This doesn't exist")]
    [InlineData("forbidden", HttpStatusCode.Forbidden, "Your role does not allow this.")]
    public async Task A_no_is_a_page_for_a_browser(string way, HttpStatusCode status, string words)
    {
        var owner = await portal.Owner();

        var page = await owner.Get($"/test/{way}");

        page.Status.Should().Be(status);
        page.IsFragment.Should().BeFalse();
        page.Document.QuerySelector("[role=alert]")!.TextContent.Should().Contain(words);
    }

    [Theory]
    [InlineData("refused", HttpStatusCode.UnprocessableEntity)]
    [InlineData("missing", HttpStatusCode.NotFound)]
    [InlineData("forbidden", HttpStatusCode.Forbidden)]
    public async Task A_no_goes_to_the_notice_for_htmx(string way, HttpStatusCode status)
    {
        var owner = await portal.Owner();

        var fragment = await owner.GetFragment($"/test/{way}");

        fragment.Status.Should().Be(status);
        fragment.IsFragment.Should().BeTrue();
        fragment.Header("HX-Retarget").Should().Be("#notice");
        fragment.Document.QuerySelectorAll("[role=alert]").Should().ContainSingle();
    }

    [Theory]
    [InlineData("refused", HttpStatusCode.UnprocessableEntity, "CK-TEST-01")]
    [InlineData("missing", HttpStatusCode.NotFound, "CK-REQUEST-404")]
    public async Task A_no_is_problem_details_for_the_api(string way, HttpStatusCode status, string code)
    {
        using var api = portal.Api();

        var answer = await api.GetAsync($"/api/test/{way}");

        answer.StatusCode.Should().Be(status);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("code").GetString().Should().Be(code);
        problem.GetProperty("correlationId").GetString().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound, "CK-REQUEST-404")]
    [InlineData("/api/v1/runs?exporter=banana", HttpStatusCode.BadRequest, "CK-REQUEST-400")]
    [InlineData("/api/v1/runs/0193a000-0000-7000-8000-000000000001", HttpStatusCode.NotFound, "CK-REQUEST-404")]
    public async Task Every_no_of_the_api_has_a_code(string path, HttpStatusCode status, string code)
    {
        using var api = portal.Api();

        (await Problem(await api.GetAsync(path), status)).Should().Be(code);
    }

    [Fact]
    public async Task A_header_or_parameter_of_the_api_that_cannot_be_read_is_named()
    {
        const string id = "0193a000-0000-7000-8000-000000000001";
        const string other = "0193a000-0000-7000-8000-000000000002";
        using var api = portal.Api();

        foreach (var keys in (string[][])[["banana"], [new string('x', 500)], [id, other], [$"{Guid.Empty}"]])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/exporters/{id}/runs");
            request.Headers.TryAddWithoutValidation("Idempotency-Key", keys);
            await IsNamed(await api.SendAsync(request), "Idempotency-Key");
        }

        await IsNamed(await api.GetAsync("/api/v1/runs?exporter=zz"), "exporter");
    }

    private static async Task IsNamed(HttpResponseMessage answer, string name)
    {
        (await Problem(answer, HttpStatusCode.BadRequest)).Should().Be("CK-REQUEST-400");
        var text = await answer.Content.ReadAsStringAsync();
        var problem = JsonDocument.Parse(text).RootElement;
        problem.GetProperty("title").GetString().Should().Be($"{name} must be one GUID, not all zeros.");
        problem.GetProperty("detail").GetString().Should().Be("Nothing was changed. Correct the request and send it again.");
        problem.GetProperty("errors").GetProperty(name)[0].GetString().Should().Be($"{name} must be one GUID, not all zeros.");
        text.Should().NotContain("form");
    }

    [Fact]
    public async Task A_missing_or_wrong_key_has_a_code_too()
    {
        using var nobody = portal.CreateClient();
        using var stranger = portal.Api("ck_not-a-key");

        (await Problem(await nobody.GetAsync("/api/v1/runs"), HttpStatusCode.Unauthorized)).Should().Be("CK-REQUEST-401");
        (await Problem(await stranger.GetAsync("/api/v1/runs"), HttpStatusCode.Unauthorized)).Should().Be("CK-REQUEST-401");
    }

    [Theory]
    [InlineData("/spreadsheets/google/problem/%2500")]
    [InlineData("/spreadsheets/google/problem/CK-NOTHING-99")]
    [InlineData("/connections/xero/problem/%2500")]
    [InlineData("/%2500")]
    [InlineData("/connections/xero/problem/CK-GOOGLE-AUTH-01")]
    public async Task A_problem_that_nobody_knows_is_not_there_and_not_stored(string path)
    {
        var page = await portal.Stranger().Get(path);

        page.Status.Should().Be(HttpStatusCode.NotFound);
        page.Header("Cache-Control").Should().Be("no-store");
    }

    [Fact]
    public async Task What_is_refused_shows_its_code()
    {
        var owner = await portal.Owner();

        var page = await owner.Get("/test/refused");

        page.Document.QuerySelector(".code")!.TextContent.Should().Be("CK-TEST-01");
    }

    private static async Task<string?> Problem(HttpResponseMessage answer, HttpStatusCode status)
    {
        answer.StatusCode.Should().Be(status);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("correlationId").GetString().Should().NotBeEmpty();
        return problem.GetProperty("code").GetString();
    }

    [Fact]
    public async Task A_bug_shows_a_reference_and_nothing_of_itself()
    {
        var owner = await portal.Owner();

        var page = await owner.Get("/test/bug");

        page.Status.Should().Be(HttpStatusCode.InternalServerError);
        page.ById("correlation").TextContent.Should().NotBeEmpty();
        page.Text.Should().NotContain("secret").And.NotContain("InvalidOperation");
        page.Header("Content-Security-Policy").Should().StartWith("default-src 'none'");
    }

    [Fact]
    public async Task A_bug_is_problem_details_for_the_api()
    {
        using var api = portal.Api();

        var answer = await api.GetAsync("/api/test/bug");

        answer.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        var text = await answer.Content.ReadAsStringAsync();
        JsonDocument.Parse(text).RootElement.GetProperty("correlationId").GetString().Should().NotBeEmpty();
        text.Should().NotContain("secret");
    }

    [Fact]
    public async Task A_stranger_found_inside_is_asked_to_sign_in()
    {
        var owner = await portal.Owner();

        var page = await owner.Get("/test/stranger");

        page.Status.Should().Be(HttpStatusCode.Redirect);
        page.Location.Should().StartWith("/sign-in");
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/nowhere.css")]
    [InlineData("/lib/nothing.js")]
    public async Task What_is_not_there_is_a_friendly_page_with_a_reference(string path)
    {
        var owner = await portal.Owner();

        var page = await owner.Get(path);

        page.Status.Should().Be(HttpStatusCode.NotFound);
        page.ById("correlation").TextContent.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Health_tells_of_everything_that_pages_stand_on()
    {
        var stranger = portal.Stranger();

        var live = await stranger.Get("/health/live");
        var ready = await stranger.Get("/health/ready");

        live.Status.Should().Be(HttpStatusCode.OK);
        ready.Status.Should().Be(HttpStatusCode.OK);
        JsonDocument.Parse(ready.Text).RootElement.GetProperty("checks").EnumerateObject().Select(c => c.Name)
            .Should().Equal("readModels", "reactors", "work", "owner", "vault", "proxy", "disk", "mirror", "eventStore");
    }
}
