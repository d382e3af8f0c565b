using System.Globalization;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Testing.Portal;

/// <summary>The environment of a portal whose vendors are a sandbox.</summary>
public static class PortalSettings
{
    private static readonly string[] Sections =
    [
        "ASPNETCORE_", "DOTNET_ENVIRONMENT", "Portal__", "Xero__", "Google__", "Sandbox__", "EventStore__", "Database__",
        "Mirror__", "Keys__", "Worker__", "Logging__", "Smtp__", "Oidc__",
    ];

    /// <summary>Whether a variable of the test's own environment would be a setting of the portal.</summary>
    public static bool IsOne(string name) =>
        Sections.Any(section => name.StartsWith(section, StringComparison.OrdinalIgnoreCase));

    public static Dictionary<string, string> Of(SandboxProcess sandbox, PortalSecrets secrets, int port)
    {
        var (xero, google) = (sandbox.Xero.AbsoluteUri.TrimEnd('/'), sandbox.Google.AbsoluteUri.TrimEnd('/'));
        return new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"),
            ["Portal__PublicUrl"] = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"),
            ["Portal__OwnerEmail"] = PortalSecrets.OwnerEmail,
            ["Portal__OwnerPassword"] = secrets.OwnerPassword,
            ["Portal__ApiKey"] = secrets.ApiKey,
            ["Xero__ClientId"] = "portal",
            ["Xero__ClientSecret"] = secrets.XeroClientSecret,
            ["Xero__AuthorizeUrl"] = $"{xero}/identity/connect/authorize",
            ["Xero__IdentityUrl"] = xero,
            ["Xero__ApiUrl"] = xero,
            ["Google__ClientId"] = "portal",
            ["Google__ClientSecret"] = secrets.GoogleClientSecret,
            ["Google__AuthorizeUrl"] = $"{google}/o/oauth2/v2/auth",
            ["Google__TokenUrl"] = $"{google}/token",
            ["Google__RevokeUrl"] = $"{google}/revoke",
            ["Google__SheetsUrl"] = $"{google}/",
            ["Google__DriveUrl"] = $"{google}/",
        };
    }
}
