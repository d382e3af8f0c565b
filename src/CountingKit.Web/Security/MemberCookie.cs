using System.Security.Claims;
using CountingKit.Vault;
using Htmx;
using CountingKit.Web.Features;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Web.Security;

/// <summary>
/// The sign-in cookie. It names the member and the stamp of their credentials: a changed password changes the stamp, and
/// every other session ends with its next request.
/// </summary>
internal sealed class MemberCookie(IDbContextFactory<VaultDb> vault) : CookieAuthenticationEvents
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    private const string StampClaim = "ck:stamp";

    public static ClaimsPrincipal Principal(MemberLogin login) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, login.Id.ToString()), new(StampClaim, login.SecurityStamp ?? "")], Scheme));

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            // Anybody may have a style sheet: also when the vault is away, and without asking it.
            context.RejectPrincipal();
            return;
        }

        var stamp = context.Principal?.FindFirstValue(StampClaim);
        if (Guid.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var memberId))
        {
            await using var db = await vault.CreateDbContextAsync(context.HttpContext.RequestAborted);
            var now = await db.Logins.Where(l => l.Id == memberId).Select(l => l.SecurityStamp)
                .SingleOrDefaultAsync(context.HttpContext.RequestAborted);
            if (now is not null && now == stamp) return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!context.Request.WantsFragment()) return base.RedirectToLogin(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Htmx(headers => headers.Redirect("/sign-in"));
        return Task.CompletedTask;
    }

    /// <summary>The page for 403 comes from the status code, like that for every other.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
