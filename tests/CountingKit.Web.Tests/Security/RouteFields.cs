using System.Reflection;
using System.Text.RegularExpressions;
using CountingKit.Web.Tests.Portal;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Security;

/// <summary>A route, and the names of all that its action takes from the query, the form or a header.</summary>
public sealed record FieldsOfRoute(string Method, string Pattern, IReadOnlyList<string> Fields)
{
    public bool IsApi => Pattern.StartsWith("/api/", StringComparison.Ordinal);

    public string Name => $"{Method} {Pattern}";

    public bool Matches(string method, string path) => Method == method
        && Regex.IsMatch(path, "^" + Regex.Replace(Regex.Escape(Pattern), @"\\\{[^}]*}", "[^/]+") + "$");

    public string Address(IReadOnlyDictionary<string, string> ids) => Regex.Replace(
        Pattern, @"\{(\w+)[^}]*\}", match => ids.GetValueOrDefault(match.Groups[1].Value) ?? $"{Guid.CreateVersion7()}");

    public static IReadOnlyList<FieldsOfRoute> Of(PortalFactory portal) =>
    [
        .. from endpoint in portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let action = endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()
           where action is not null && action.ControllerTypeInfo.Assembly != typeof(FieldsOfRoute).Assembly
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           let pattern = "/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/')
           select new FieldsOfRoute(method, pattern,
               [.. action.MethodInfo.GetParameters().Where(p => !pattern.Contains($"{{{p.Name}", StringComparison.Ordinal)).SelectMany(Names)]),
    ];

    private static IEnumerable<string> Names(ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(CancellationToken)) return [];
        if (parameter.IsDefined(typeof(FromServicesAttribute)) || parameter.IsDefined(typeof(FromHeaderAttribute))) return [];
        return Names(parameter.ParameterType, parameter.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name!, isTop: true);
    }

    private static IEnumerable<string> Names(Type type, string name, bool isTop)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType && type.GenericTypeArguments is [{ } item] && type.GetInterface("IEnumerable") is not null)
            return IsOurs(item) ? Names(item, $"{name}[0]", isTop: false) : [name];
        return !IsOurs(type)
            ? [name]
            : type.GetConstructors()[0].GetParameters().SelectMany(p => Names(p.ParameterType, isTop ? p.Name! : $"{name}.{p.Name}", false));
    }

    private static bool IsOurs(Type type) =>
        type.IsClass && type.Assembly.GetName().Name!.StartsWith("CountingKit", StringComparison.Ordinal);
}
