using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Shared;

/// <summary>The cookie that ties a sign-in at Xero or Google to the browser that started it.</summary>
internal static class SignInBrowsers
{
    public const string Cookie = "ck-sign-in-browser";

    private const int Length = 43;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    /// <summary>The browser's value, made where it has none: two tabs share it, so that both can finish.</summary>
    public static string SignInBrowser(this Controller controller, Uri callback)
    {
        var known = controller.Request.Cookies[Cookie];
        var value = known is { Length: Length } && Base64Url.IsValid(known)
            ? known
            : Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        controller.Response.Cookies.Append(Cookie, value, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Life,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = callback.Scheme == Uri.UriSchemeHttps,
        });
        return value;
    }
}
