using System.Net;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Account;

/// <summary>A sign-in form that no browser sends: answered like any other, and nothing of it reaches the log.</summary>
public sealed class OddSignIns(ListenedTo portal) : IClassFixture<ListenedTo>
{
    [Theory]
    [InlineData("RememberMe", "banana-4711", HttpStatusCode.UnprocessableEntity)]
    [InlineData("Email", "ol\uFFFEivia-4711@example.com", HttpStatusCode.UnprocessableEntity)]
    [InlineData("Password", "nu\0l-4711", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_understood_is_told_and_not_logged(string field, string value, HttpStatusCode status)
    {
        var browser = portal.Stranger();
        (string, string?)[] right = [("Email", PortalFactory.OwnerEmail), ("Password", PortalFactory.Password)];

        var page = await browser.Submit(
            (await browser.Get("/sign-in")).Form(), [.. right.Where(f => f.Item1 != field), (field, value)]);

        page.Status.Should().Be(status);
        portal.Lines.Should().NotContain(line => line.Contains("4711"));
    }

    [Fact]
    public async Task An_address_beyond_ASCII_is_led_to()
    {
        var browser = portal.Stranger();
        var page = await browser.Get("/sign-in?returnTo=%2F%C3%A9%3Fa%3D%C3%BC");

        var answer = await browser.Submit(
            page.Form(), ("Email", PortalFactory.OwnerEmail), ("Password", PortalFactory.Password));

        answer.Answer.Headers.Location!.OriginalString.Should().Be("/%C3%A9?a=%C3%BC");
    }
}
