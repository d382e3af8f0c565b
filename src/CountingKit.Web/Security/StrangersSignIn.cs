using CountingKit.Messaging;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace CountingKit.Web.Security;

/// <summary>Who is signed in but no member any more is a stranger: they are asked to sign in, not told of roles.</summary>
internal sealed class StrangersSignIn : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler usual = new();

    public async Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var isStranger = authorizeResult.Forbidden
            && await context.RequestServices.GetRequiredService<IRequesterSource>().Current(context.RequestAborted) is null;
        await usual.HandleAsync(
            next, context, policy, isStranger ? PolicyAuthorizationResult.Challenge() : authorizeResult);
    }
}
