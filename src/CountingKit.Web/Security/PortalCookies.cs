using CountingKit.Web.Hosting;

namespace CountingKit.Web.Security;

/// <summary>
/// How every cookie of the portal is set. Behind https its name begins with <c>__Host-</c>: no other host, and nobody
/// without https, can then set one in its place.
/// </summary>
internal sealed class PortalCookies(PortalOptions portal)
{
    private readonly bool isSecure = portal.PublicUrl?.Scheme == Uri.UriSchemeHttps;

    public string Name(string plain) => isSecure ? $"__Host-{plain}" : plain;

    public void Apply(CookieBuilder cookie, string plain)
    {
        cookie.Name = Name(plain);
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.Path = "/";
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }

    public CookieOptions For(TimeSpan life) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = life,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = isSecure,
    };
}
