using CountingKit.Messaging;
using CountingKit.Web.Security;
using Microsoft.OpenApi;

namespace CountingKit.Web.Features.Api;

internal static class ApiRegistration
{
    private const string Version = "v1";

    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddAutoMapper(mapper => mapper.AddProfile<ApiProfile>())
        .AddOpenApi(Version, api => api.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "CountingKit", Version = Version };
            // Whoever has the document knows its address.
            document.Servers?.Clear();
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
            };
            document.Security = [new() { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
            return Task.CompletedTask;
        }));

    /// <summary>The document of the API, from which clients can be made.</summary>
    public static void MapApiDocument(this WebApplication app) =>
        app.MapOpenApi("/api/{documentName}/openapi.json").WithMetadata(new NeedsAttribute(Permission.View));
}
