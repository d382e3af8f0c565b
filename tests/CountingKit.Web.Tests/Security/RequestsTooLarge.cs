using System.Net;
using System.Net.Http.Headers;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Security;

/// <summary>What is too much is refused before anything acts on it, with a page that says so.</summary>
public sealed class RequestsTooLarge(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private const int Kilobyte = 1024;

    [Theory]
    [InlineData("/sign-in", 33)]
    [InlineData("/restore", 33)]
    [InlineData("/setup", 33)]
    [InlineData("/sign-in", 4000)]
    public async Task A_strangers_form_is_refused_beyond_32_KB(string path, int kilobytes) =>
        IsTooLarge(await portal.Stranger().Send(Form(path, kilobytes)));

    [Theory]
    [InlineData("/exporters/new", 257)]
    [InlineData("/test/fine", 257)]
    [InlineData("/spreadsheets/service-account", 65)]
    [InlineData("/spreadsheets/accounts/0193a000-0000-7000-8000-00000000000a/key", 65)]
    public async Task A_members_form_is_refused_beyond_its_size(string path, int kilobytes) =>
        IsTooLarge(await (await portal.Owner()).Send(Form(path, kilobytes)));

    [Fact]
    public async Task A_megabyte_is_refused_by_every_form_there_is()
    {
        var owner = await portal.Owner();
        var forms = Routes.Of(portal).Where(route => route is { Method: "POST", IsApi: false }).ToList();
        forms.Should().HaveCountGreaterThan(25);

        foreach (var form in forms) IsTooLarge(await owner.Send(Form(form.Path, 1024)), form.Pattern);
    }

    [Fact]
    public async Task What_fits_goes_on_to_its_own_answer()
    {
        var owner = await portal.Owner();

        var page = await owner.Send(Form("/test/fine", 200));

        page.Status.Should().Be(HttpStatusCode.BadRequest, "only its token is missing");
    }

    [Fact]
    public async Task A_form_of_very_many_fields_is_refused()
    {
        var owner = await portal.Owner();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/test/fine");
        request.Content = new StringContent(string.Join('&', Enumerable.Range(0, 1500).Select(i => $"f{i}=1")));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");

        IsTooLarge(await owner.Send(request));
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/test/fine")]
    [InlineData("/exporters/new")]
    public async Task Files_are_taken_only_where_a_key_is_given(string path)
    {
        var owner = await portal.Owner();
        using var files = new MultipartFormDataContent { { new StringContent("x"), "File", "x.txt" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = files };

        var page = await owner.Send(request);

        page.Status.Should().Be(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_key_is_taken_as_a_file()
    {
        var owner = await portal.Owner();
        using var files = new MultipartFormDataContent { { new StringContent("{}"), "KeyFile", "key.json" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/spreadsheets/service-account") { Content = files };

        var page = await owner.Send(request);

        page.Status.Should().Be(HttpStatusCode.BadRequest, "only its token is missing");
    }

    [Fact]
    public async Task The_api_says_it_as_problem_details()
    {
        using var api = portal.Api();
        using var content = new ByteArrayContent(new byte[300 * Kilobyte]);

        using var answer = await api.PostAsync($"/api/v1/exporters/{Guid.CreateVersion7()}/runs", content);

        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
    }

    private static void IsTooLarge(Page page, string form = "")
    {
        page.Status.Should().Be(HttpStatusCode.RequestEntityTooLarge, form);
        page.Text.Should().Contain("That is too large").And.Contain("Nothing was changed");
    }

    private static HttpRequestMessage Form(string path, int kilobytes)
    {
        var content = new StringContent($"Email={new string('a', (kilobytes * Kilobyte) - 6)}");
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        return new(HttpMethod.Post, path) { Content = content };
    }
}
