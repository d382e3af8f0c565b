using System.Text.RegularExpressions;
using CountingKit.Web.Security;
using CountingKit.Web.Tests.Portal;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Security;

/// <summary>A route of the portal with one method, and an address of it whose ids name nothing.</summary>
public sealed record Route(string Method, string Pattern, string Path, bool IsOpen, NeedsAttributeInfo? Needs)
{
    public bool IsApi => Path.StartsWith("/api/", StringComparison.Ordinal);
}

/// <summary>The permission that a route declares.</summary>
public sealed record NeedsAttributeInfo(Messaging.Permission Permission);

public static partial class Routes
{
    /// <summary>Every route that controllers have, from the endpoints themselves.</summary>
    public static IReadOnlyList<Route> Of(PortalFactory portal) =>
    [
        .. portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Mvc.Controllers.ControllerActionDescriptor>() is not null)
            .SelectMany(e => Methods(e).Select(method => new Route(
                method, e.RoutePattern.RawText ?? "", Fill(e.RoutePattern),
                e.Metadata.GetMetadata<OpenToStrangersAttribute>() is not null,
                e.Metadata.GetMetadata<NeedsAttribute>() is { } needs ? new(needs.Permission) : null))),
    ];

    private static IEnumerable<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    private static string Fill(RoutePattern pattern) => "/" + Parameter().Replace(
        (pattern.RawText ?? "").TrimStart('/'),
        match => match.Value.Contains(":int", StringComparison.Ordinal) ? "1" : Guid.CreateVersion7().ToString());

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
