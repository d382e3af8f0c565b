using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Vault;
using CountingKit.Web.Features.Api;
using CountingKit.Web.Features.Errors;
using CountingKit.Web.Features.Shared;
using CountingKit.Web.Hosting;
using CountingKit.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Web.Features;

internal static class PagesRegistration
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddControllersWithViews(mvc =>
        {
            FormWords.Set(mvc);
            mvc.Filters.Add<AutoValidateAntiforgeryTokenAttribute>();
            mvc.Filters.Add<RefusalFilter>();
            mvc.Filters.Add<HtmxRedirects>();
            mvc.Filters.Add<OddTextFilter>();
            mvc.Filters.Add<OddNumberFilter>();
        }).ConfigureApiBehaviorOptions(api => api.InvalidModelStateResponseFactory = UnreadableRequest.Answer);
        services.Configure<RazorViewEngineOptions>(views =>
        {
            views.ViewLocationFormats.Clear();
            views.ViewLocationFormats.Add("/Features/{1}/{0}.cshtml");
            views.ViewLocationFormats.Add("/Features/Shared/{0}.cshtml");
        });
        services.AddRouting(routes => routes.LowercaseUrls = true);
        services.AddProblemDetails();
        services.AddExceptionHandler<OutageHandler>();
        services.AddScoped(provider => new Shell(
            provider.GetRequiredService<IRequesterSource>(),
            provider.GetRequiredService<ReadModels>(),
            provider.GetRequiredService<IDbContextFactory<VaultDb>>(),
            provider.GetRequiredService<IHttpContextAccessor>(),
            provider.GetService<SandboxAddresses>()));
    }

    /// <summary>The order matters: what is noted and answered outside comes before who may go inside.</summary>
    public static void UsePages(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UsePublicAddress();
        app.UseRequestLog();
        app.UseSecurityHeaders();
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseOwnHostOnly();
        if (app.Services.GetRequiredService<PortalOptions>().PublicUrl?.Scheme == Uri.UriSchemeHttps) app.UseHsts();
        app.UseRouting();
        app.UseAnswersWithoutEndpoint();
        app.UseWaitForHistory();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRequestLimits();

        app.MapStaticAssets().WithMetadata(new OpenToStrangersAttribute());
        app.MapPortalHealth();
        app.MapControllers();
        app.MapApiDocument();
        app.CheckPermissions();
    }

    /// <summary>
    /// An address that leads nowhere is a 404 to anybody, and one that is asked in a wrong way a 405 that says what would be
    /// right: neither is anybody's to see or not to see.
    /// </summary>
    private static void UseAnswersWithoutEndpoint(this WebApplication app) => app.Use((context, next) =>
    {
        switch (context.GetEndpoint())
        {
            case null:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            case { RequestDelegate: { } wrongVerb, Metadata.Count: 0 }:
                return wrongVerb(context);
            default:
                return next(context);
        }
    });

    /// <summary>
    /// No page before the read models tell the whole log: half a list would look like a loss. That the log is being read is
    /// said only while it can be.
    /// </summary>
    private static void UseWaitForHistory(this WebApplication app) => app.Use(async (context, next) =>
    {
        var isOpen = context.GetEndpoint()?.Metadata.GetMetadata<OpenToStrangersAttribute>() is not null;
        if (isOpen || context.RequestServices.GetRequiredService<ReadModels>().IsComplete)
        {
            await next(context);
            return;
        }

        await context.RequestServices.GetRequiredService<LogReach>().Try(context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "2";
    });
}
