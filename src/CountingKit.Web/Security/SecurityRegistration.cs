using CountingKit.Messaging;
using CountingKit.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Security;

internal static class SecurityRegistration
{
    private const string CookieOrKey = "CookieOrKey";

    /// <summary>Who is asked for what: a cookie on pages, a key on the API, a permission on every endpoint.</summary>
    public static void AddPortalSecurity(this WebApplicationBuilder builder, PortalOptions portal)
    {
        var cookies = new PortalCookies(portal);
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.AddSingleton(cookies);
        services.AddSingleton<SeenProxies>();
        services.AddSingleton<KnownBrowser>();
        services.AddScoped<MemberCookie>();
        services.AddAuthentication(CookieOrKey)
            .AddPolicyScheme(CookieOrKey, null, scheme => scheme.ForwardDefaultSelector = context =>
                context.Request.IsApi() ? ApiKeyHandler.ApiKeyScheme : MemberCookie.Scheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.ApiKeyScheme, null)
            .AddCookie(MemberCookie.Scheme, cookie =>
            {
                cookie.EventsType = typeof(MemberCookie);
                cookie.LoginPath = "/sign-in";
                cookie.ReturnUrlParameter = MemberCookie.ReturnTo;
                cookie.SlidingExpiration = false;
                cookies.Apply(cookie.Cookie, "countingkit");
            });
        services.AddAntiforgery(form => cookies.Apply(form.Cookie, "countingkit-form"));
        services.Configure<CookieTempDataProviderOptions>(notice => cookies.Apply(notice.Cookie, "countingkit-notice"));
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
            // However many stand in a row: the last address that is none of theirs is the browser's.
            forwarded.ForwardLimit = null;
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            foreach (var network in portal.TrustedProxies) forwarded.KnownIPNetworks.Add(network);
        });
    }
}
