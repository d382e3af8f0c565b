using CountingKit.Messaging;
using Microsoft.AspNetCore.Authorization;

namespace CountingKit.Web.Security;

/// <summary>The one permission that an endpoint asks for. Every endpoint has this or <see cref="OpenToStrangersAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsAttribute(Permission permission)
    : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public Permission Permission { get; } = permission;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>An endpoint for people who have not signed in, such as the sign-in page itself.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OpenToStrangersAttribute : Attribute, IAllowAnonymous;

/// <summary>The first of two locks: the role's permission at the endpoint. The second is at the message.</summary>
internal sealed class NeedsHandler(IRequesterSource requesters) : AuthorizationHandler<NeedsAttribute>
{
    protected override async Task HandleRequirementAsync(
        AuthorizationHandlerContext context, NeedsAttribute requirement)
    {
        var aborted = (context.Resource as HttpContext)?.RequestAborted ?? CancellationToken.None;
        if (await requesters.Current(aborted) is { } requester && requester.Role.May(requirement.Permission))
            context.Succeed(requirement);
    }
}
