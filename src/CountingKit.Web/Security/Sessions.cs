using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using CountingKit.Messaging;
using CountingKit.Vault;
using CountingKit.Workspaces;
using Microsoft.AspNetCore.Authentication;

namespace CountingKit.Web.Security;

internal static class Sessions
{
    private const int SubnetBytes = 8;

    /// <summary>Signs the member in. The browser is known as theirs from then on.</summary>
    /// <param name="isKept">Whether it outlives the browser.</param>
    public static async Task StartSession(this HttpContext http, MemberLogin login, bool isKept)
    {
        var session = await http.RequestServices.GetRequiredService<MemberSessions>().Start(
            login.Id, isKept, BrowserWords.Of(http.Request.Headers.UserAgent), http.Address(), http.RequestAborted);
        var browsers = http.RequestServices.GetRequiredService<KnownBrowser>();
        var browser = browsers.Of(http);
        await http.RequestServices.GetRequiredService<MemberSignIn>().Remember(browser, login.Id, http.RequestAborted);
        browsers.Keep(http, browser);
        await http.SignInAsync(MemberCookie.Scheme, MemberCookie.Principal(login, session.Id), new AuthenticationProperties
        {
            IsPersistent = isKept,
            ExpiresUtc = session.EndsAt,
        });
    }

    /// <summary>The network address of the browser, or of the trusted proxy's client; null = none.</summary>
    public static string? Address(this HttpContext http) => Plain(http.Connection.RemoteIpAddress)?.ToString();

    /// <summary>What counts as one network: an IPv4 address; the /64 of an IPv6 address, which one household has alone.</summary>
    public static string Network(this HttpContext http) => NetworkOf(http.Connection.RemoteIpAddress);

    internal static string NetworkOf(IPAddress? address)
    {
        if (Plain(address) is not { } plain) return "";
        if (plain.AddressFamily != AddressFamily.InterNetworkV6) return plain.ToString();
        var bytes = plain.GetAddressBytes();
        Array.Clear(bytes, SubnetBytes, bytes.Length - SubnetBytes);
        return $"{new IPAddress(bytes)}/64";
    }

    /// <exception cref="StrangerException">Nobody is signed in.</exception>
    public static Guid MemberId(this ClaimsPrincipal user) => IdOf(user, ClaimTypes.NameIdentifier);

    /// <exception cref="StrangerException">Nobody is signed in by a browser.</exception>
    public static Guid SessionId(this ClaimsPrincipal user) => IdOf(user, MemberCookie.SessionClaim);

    private static Guid IdOf(ClaimsPrincipal user, string claim) =>
        Guid.TryParse(user.FindFirstValue(claim), out var id) ? id : throw new StrangerException();

    private static IPAddress? Plain(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
