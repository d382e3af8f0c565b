using System.Buffers.Text;
using System.Security.Cryptography;
using CountingKit.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Shared;

/// <summary>The cookie that ties a sign-in at Xero or Google to the browser that started it.</summary>
internal static class SignInBrowsers
{
    private const string Cookie = "ck-sign-in-browser";
    private const int Length = 43;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>The browser's value, made where it has none: two tabs share it, so that both can finish.</summary>
    public static string SignInBrowser(this Controller controller)
    {
        var known = controller.ReturningBrowser();
        var value = known is { Length: Length } && Base64Url.IsValid(known)
            ? known
            : Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var cookies = CookiesOf(controller);
        controller.Response.Cookies.Append(cookies.Name(Cookie), value, cookies.For(Lifetime));
        return value;
    }

    /// <summary>The value of a browser that comes back; null = it brings none.</summary>
    public static string? ReturningBrowser(this Controller controller) =>
        controller.Request.Cookies[CookiesOf(controller).Name(Cookie)];

    private static PortalCookies CookiesOf(Controller controller) =>
        controller.HttpContext.RequestServices.GetRequiredService<PortalCookies>();
}
