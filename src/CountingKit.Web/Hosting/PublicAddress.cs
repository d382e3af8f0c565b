using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CountingKit.Web.Hosting;

/// <summary>
/// What <c>Portal__PublicUrl</c> says holds for every request: its scheme, whatever way the request took through a proxy,
/// and its host, so that no page is made for another site's name.
/// </summary>
internal static class PublicAddress
{
    private const string ForwardedFor = "X-Forwarded-For";

    public static void UsePublicAddress(this WebApplication app)
    {
        var portal = app.Services.GetRequiredService<PortalOptions>();
        var proxies = app.Services.GetRequiredService<SeenProxies>();
        app.Use((context, next) =>
        {
            if (portal.PublicUrl is { } given) context.Request.Scheme = given.Scheme;
            if (portal.TrustedProxies.Count == 0 && context.Request.Headers.ContainsKey(ForwardedFor)) proxies.NoteUntrusted();
            return next(context);
        });
    }

    /// <summary>Other hosts than the public one and this machine get 421. Health answers whoever looks after the process.</summary>
    public static void UseOwnHostOnly(this WebApplication app)
    {
        if (app.Services.GetRequiredService<PortalOptions>().PublicUrl is not { } own) return;
        app.Use((context, next) =>
        {
            if (IsOwn(context.Request.Host, own) || context.IsForHealth()
                || context.ShowsAnError()) return next(context);
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return Task.CompletedTask;
        });
    }

    /// <summary>The request was answered already, and comes a second time for the page that says so.</summary>
    public static bool ShowsAnError(this HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null
        || context.Features.Get<IExceptionHandlerFeature>() is not null;

    private static bool IsOwn(HostString host, Uri own) =>
        string.Equals(host.Host, AsAsked(own), StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate($"http://{host.Host}/", UriKind.Absolute, out var asked) && asked.IsLoopback);

    /// <summary>An IPv6 address is asked for in its brackets, which <see cref="Uri.IdnHost"/> leaves out.</summary>
    private static string AsAsked(Uri own) => own.HostNameType is UriHostNameType.IPv6 ? own.Host : own.IdnHost;
}

/// <summary>Whether a proxy stands in front that no setting names.</summary>
internal sealed class SeenProxies
{
    private volatile bool untrusted;

    public bool HasUntrusted => untrusted;

    public void NoteUntrusted() => untrusted = true;
}

internal sealed class ProxyHealth(SeenProxies proxies) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default) =>
        Task.FromResult(proxies.HasUntrusted
            ? HealthCheckResult.Degraded(
                "Requests come through a proxy that Portal__TrustedProxies does not name: everybody seems to have its address.")
            : HealthCheckResult.Healthy());
}
