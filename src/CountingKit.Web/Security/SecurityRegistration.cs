using CountingKit.Messaging;
using CountingKit.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.HttpOverrides;

namespace CountingKit.Web.Security;

internal static class SecurityRegistration
{
    private const string CookieOrKey = "CookieOrKey";

    /// <summary>Who is asked for what: a cookie on pages, a key on the API, a permission on every endpoint.</summary>
    public static void AddPortalSecurity(this WebApplicationBuilder builder, PortalOptions portal)
    {
        var secure = portal.PublicUrl?.Scheme == Uri.UriSchemeHttps
            ? CookieSecurePolicy.Always
            : CookieSecurePolicy.SameAsRequest;
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.AddScoped<MemberCookie>();
        services.AddAuthentication(CookieOrKey)
            .AddPolicyScheme(CookieOrKey, null, scheme => scheme.ForwardDefaultSelector = context =>
                context.Request.IsApi() ? ApiKeyHandler.ApiKeyScheme : MemberCookie.Scheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.ApiKeyScheme, null)
            .AddCookie(MemberCookie.Scheme, cookie =>
            {
                cookie.EventsType = typeof(MemberCookie);
                cookie.LoginPath = "/sign-in";
                cookie.ReturnUrlParameter = "returnTo";
                cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
                cookie.Cookie.Name = "countingkit";
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.SecurePolicy = secure;
            });
        services.AddAntiforgery(form =>
        {
            form.Cookie.Name = "countingkit-form";
            form.Cookie.SameSite = SameSiteMode.Lax;
            form.Cookie.SecurePolicy = secure;
        });
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
        services.AddScoped<IAuthorizationHandler, NeedsHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, StrangersSignIn>();
        services.AddScoped<IRequesterSource, PortalRequesters>();
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = portal.TrustedProxies.Count == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            foreach (var network in portal.TrustedProxies) forwarded.KnownIPNetworks.Add(network);
        });
    }
}
