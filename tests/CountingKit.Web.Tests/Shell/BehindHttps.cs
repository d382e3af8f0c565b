using System.Net;
using System.Text.Json;
using CountingKit.Messaging;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Shell;

/// <summary>A proxy holds the certificate and speaks plain http to the portal: what the README describes, and no more settings.</summary>
public sealed class BehindHttps(BehindHttps.Named portal) : IClassFixture<BehindHttps.Named>
{
    private static readonly Uri Public = new("http://portal.example.com");

    [Fact]
    public async Task A_person_signs_in_with_the_public_address_as_the_only_setting()
    {
        var cookies = new List<string>();
        var browser = portal.Stranger(Public);
        var page = await browser.Get("/sign-in");
        page.Status.Should().Be(HttpStatusCode.OK);
        cookies.AddRange(Cookies(page));

        var answer = await Send(browser, page, cookies, PortalFactory.OwnerEmail);

        answer.Location.Should().Be("/");
        cookies.AddRange(Cookies(answer));
        cookies.Should().HaveCountGreaterThanOrEqualTo(3)
            .And.OnlyContain(c => c.StartsWith("__Host-", StringComparison.Ordinal))
            .And.OnlyContain(c => c.Contains("; secure", StringComparison.OrdinalIgnoreCase))
            .And.OnlyContain(c => c.Contains("; path=/", StringComparison.OrdinalIgnoreCase))
            .And.OnlyContain(c => !c.Contains("domain=", StringComparison.OrdinalIgnoreCase))
            .And.OnlyContain(c => c.Contains("httponly", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_cookie_of_a_notice_is_secure_too()
    {
        var (_, email) = await portal.Joined(Role.Owner);
        var cookies = new List<string>();
        var browser = portal.Stranger(Public);
        var page = await browser.Get("/sign-in");
        cookies.AddRange(Cookies(page));
        cookies.AddRange(Cookies(await Send(browser, page, cookies, email)));
        var account = await Ask(browser, HttpMethod.Get, "/account/password", cookies);
        const string next = "seventeen quiet lamps";

        var changed = await Ask(
            browser, HttpMethod.Post, "/account/password", cookies, Token(account), ("Current", PortalFactory.Password),
            ("Next", next), ("Again", next));

        Cookies(changed).Should().Contain(c => c.StartsWith("__Host-countingkit-notice=", StringComparison.Ordinal))
            .And.OnlyContain(c => c.Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("http://evil.example.com")]
    [InlineData("http://10.1.2.3")]
    public async Task Another_host_gets_no_page_and_health_answers_all(string address)
    {
        var browser = portal.Stranger(new Uri(address));

        var page = await browser.Get("/sign-in");

        page.Status.Should().Be(HttpStatusCode.MisdirectedRequest);
        page.Text.Should().Contain("Portal__PublicUrl");
        (await browser.Get("/health/ready")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task This_machine_reaches_it_by_its_own_names()
    {
        foreach (var address in (string[])["http://localhost:8080", "http://127.0.0.1"])
            (await portal.Stranger(new Uri(address)).Get("/sign-in")).Status.Should().Be(HttpStatusCode.OK, address);
    }

    [Fact]
    public async Task Health_names_the_setting_when_a_proxy_stands_in_front_that_is_not_trusted()
    {
        var browser = portal.Stranger(Public);
        (await Proxy(browser)).Should().Be("Healthy");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        await browser.Send(request);

        (await Proxy(browser)).Should().Contain("Portal__TrustedProxies");
    }

    private static async Task<string?> Proxy(Browser browser) => JsonDocument.Parse((await browser.Get("/health/ready")).Text)
        .RootElement.GetProperty("checks").GetProperty("proxy").GetString();

    private static Task<Page> Send(Browser browser, Page page, IReadOnlyList<string> cookies, string email) => Ask(
        browser, HttpMethod.Post, "/sign-in", cookies, Token(page), ("Email", email), ("Password", PortalFactory.Password));

    private static (string, string?) Token(Page page) => ("__RequestVerificationToken",
        page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value"));

    /// <summary>With the cookies by hand: the test's client speaks http, to which it would bring none that is secure.</summary>
    private static Task<Page> Ask(
        Browser browser, HttpMethod method, string path, IReadOnlyList<string> cookies, params (string Name, string? Value)[] fields)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => c.Split(';')[0])));
        if (fields.Length > 0)
            request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value ?? "")));
        return browser.Send(request);
    }

    private static IEnumerable<string> Cookies(Page page) =>
        page.Answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [];

    public sealed class Named : PortalFactory
    {
        public Named() => Settings["Portal:PublicUrl"] = "https://portal.example.com";
    }
}

/// <summary>A portal that people know by a number.</summary>
public sealed class BehindHttpsByAddress(BehindHttpsByAddress.Numbered portal) : IClassFixture<BehindHttpsByAddress.Numbered>
{
    [Theory]
    [InlineData("[2001:db8::1]", HttpStatusCode.OK)]
    [InlineData("[2001:db8::1]:443", HttpStatusCode.OK)]
    [InlineData("[2001:db8::2]", HttpStatusCode.MisdirectedRequest)]
    public async Task An_IPv6_address_can_be_the_public_one(string host, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Host = host;

        (await portal.Stranger().Send(request)).Status.Should().Be(expected);
    }

    public sealed class Numbered : PortalFactory
    {
        public Numbered() => Settings["Portal:PublicUrl"] = "https://[2001:db8::1]";
    }
}
