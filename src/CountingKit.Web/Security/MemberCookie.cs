using System.Security.Claims;
using CountingKit.Vault;
using CountingKit.Web.Hosting;
using CountingKit.Workspaces;
using Htmx;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.WebUtilities;

namespace CountingKit.Web.Security;

/// <summary>
/// The sign-in cookie. It names the member, the session and the stamp of the credentials, and opens nothing once the vault
/// no longer has the session: after a sign-out, here or from elsewhere, when its time is up, or when the password changed.
/// </summary>
internal sealed class MemberCookie(IServiceProvider services) : CookieAuthenticationEvents
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    public const string SessionClaim = "ck:session";

    /// <summary>Names the page to go to after a sign-in, in its address.</summary>
    public const string ReturnTo = "returnTo";

    private const string StampClaim = "ck:stamp";

    public static ClaimsPrincipal Principal(MemberLogin login, Guid sessionId) => new(new ClaimsIdentity(
    [
        new(ClaimTypes.NameIdentifier, login.Id.ToString()),
        new(SessionClaim, sessionId.ToString()),
        new(StampClaim, login.SecurityStamp ?? ""),
    ], Scheme));

    /// <summary>Whether the session behind the principal goes on.</summary>
    public static async Task<bool> IsOpen(ClaimsPrincipal? user, MemberSessions sessions, CancellationToken ct) =>
        Guid.TryParse(user?.FindFirstValue(SessionClaim), out var sessionId)
        && Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var memberId)
        && await sessions.IsOpen(sessionId, memberId, user.FindFirstValue(StampClaim), ct);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.HttpContext.IsForStaticFile() || context.HttpContext.IsForHealth())
        {
            // Anybody may have a style sheet or ask for health: also when the vault is away, and without asking it.
            context.RejectPrincipal();
            return;
        }

        var sessions = services.GetRequiredService<MemberSessions>();
        if (await IsOpen(context.Principal, sessions, context.HttpContext.RequestAborted)) return;

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var isForm = !HttpMethods.IsGet(context.Request.Method);
        if (!context.Request.IsOfAPage())
        {
            if (isForm) context.RedirectUri = ToThePageOf(context.Request);
            return base.RedirectToLogin(context);
        }

        // What was typed stays on the page, which says what to do.
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        if (!isForm) context.Response.Htmx(headers => headers.Redirect(ToThePageOf(context.Request)));
        return Task.CompletedTask;
    }

    /// <summary>
    /// What was sent is not sent again by a sign-in, and what answers it may be no page: back to where the button is, as the
    /// browser or htmx tells.
    /// </summary>
    private static string ToThePageOf(HttpRequest request)
    {
        var from = request.Headers["HX-Current-URL"].FirstOrDefault() ?? request.Headers.Referer.FirstOrDefault();
        return Uri.TryCreate(from, UriKind.Absolute, out var page) && page.Authority == request.Host.Value
            ? QueryHelpers.AddQueryString("/sign-in", ReturnTo, page.PathAndQuery)
            : "/sign-in";
    }

    /// <summary>The page for 403 comes from the status code, like that for every other.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
