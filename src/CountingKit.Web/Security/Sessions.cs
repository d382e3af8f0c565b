using System.Security.Claims;
using CountingKit.Messaging;
using CountingKit.Vault;
using Microsoft.AspNetCore.Authentication;

namespace CountingKit.Web.Security;

internal static class Sessions
{
    /// <param name="isKept">Whether it outlives the browser: 14 days from the last use.</param>
    public static Task StartSession(this HttpContext http, MemberLogin login, bool isKept) => http.SignInAsync(
        MemberCookie.Scheme, MemberCookie.Principal(login), new AuthenticationProperties { IsPersistent = isKept });

    /// <summary>The network address of the browser, or of the trusted proxy's client; null = none.</summary>
    public static string? Address(this HttpContext http) => http.Connection.RemoteIpAddress?.ToString();

    /// <exception cref="StrangerException">Nobody is signed in.</exception>
    public static Guid MemberId(this ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : throw new StrangerException();
}
