using CountingKit.Web.Hosting;
using Microsoft.AspNetCore.StaticAssets;

namespace CountingKit.Web.Security;

internal static class SecurityHeaders
{
    /// <summary>Xero sends whoever is signed in on to another host of its own.</summary>
    private const string Xero = "https://*.xero.com";
    private const string Google = "https://accounts.google.com";

    /// <summary>
    /// No inline script or style, no other origin; forms may lead to the two sign-in pages, or the browser would block
    /// the redirect that follows Connect.
    /// </summary>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        var policy = Policy(app.Configuration);
        app.Use((context, next) =>
        {
            // As late as can be: an error page is made on an answer that was emptied before.
            context.Response.OnStarting(() => Set(context, policy));
            return next(context);
        });
    }

    /// <summary>The request is for a file that is the same for everybody.</summary>
    public static bool IsForStaticFile(this HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    private static Task Set(HttpContext context, string policy)
    {
        var headers = context.Response.Headers;
        // Everything else may hold what is somebody's alone: no browser and no proxy keeps it.
        if (!context.IsForStaticFile()) headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        // For whoever asks for help; and it tells an answer of the portal from one that a proxy or a network gives in its place.
        headers["CountingKit-Reference"] = context.CorrelationId();
        return Task.CompletedTask;
    }

    internal static string Policy(IConfiguration configuration)
    {
        return string.Join("; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            $"form-action 'self' {Host("Xero:AuthorizeUrl") ?? Xero} {Host("Google:AuthorizeUrl") ?? Google}");

        // Any port: a page to sign in on may stand on another one than the page that consents.
        string? Host(string setting) =>
            configuration.WebAddress(setting) is { } given ? $"{given.Scheme}://{given.Host}:*" : null;
    }
}
