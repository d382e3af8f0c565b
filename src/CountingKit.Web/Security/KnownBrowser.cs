using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace CountingKit.Web.Security;

/// <summary>
/// The browser's own number, in a long-lived cookie that only the portal can make. Whether a member has signed in with it
/// before is a row of the vault.
/// </summary>
internal sealed class KnownBrowser(IDataProtectionProvider protection, PortalCookies cookies)
{
    private const string Cookie = "countingkit-browser";

    // The longest that browsers keep a cookie.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    private readonly IDataProtector protector = protection.CreateProtector("known-browser");

    /// <summary>The number that the cookie holds; a fresh one where there is none.</summary>
    public Guid Of(HttpContext http)
    {
        if (http.Request.Cookies[cookies.Name(Cookie)] is not { } kept) return Guid.CreateVersion7();
        try
        {
            return Guid.TryParse(protector.Unprotect(kept), out var id) ? id : Guid.CreateVersion7();
        }
        catch (CryptographicException)
        {
            // Made up, or by keys that are gone: a browser like any other.
            return Guid.CreateVersion7();
        }
    }

    public void Keep(HttpContext http, Guid id) =>
        http.Response.Cookies.Append(cookies.Name(Cookie), protector.Protect(id.ToString()), cookies.For(Lifetime));
}
