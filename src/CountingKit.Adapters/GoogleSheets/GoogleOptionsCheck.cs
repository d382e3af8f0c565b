using CountingKit.Spreadsheets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Stops the start with one line that names the setting.</summary>
internal sealed class GoogleOptionsCheck(IHostEnvironment host) : IValidateOptions<GoogleOptions>
{
    public ValidateOptionsResult Validate(string? name, GoogleOptions options)
    {
        var problem = Problem(options) ?? KeyProblem(options, host.ContentRootPath);
        return problem is null ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problem);
    }

    internal static string? Problem(GoogleOptions options)
    {
        var (hasId, hasSecret) = (options.ClientId is { Length: > 0 }, options.ClientSecret is { Length: > 0 });
        if (hasId && !hasSecret) return "Google__ClientSecret is missing: Google__ClientId is set.";
        if (hasSecret && !hasId) return "Google__ClientId is missing: Google__ClientSecret is set.";

        if (options.RequiredScopes is [])
            return "Google__Scopes is empty: use drive.file or spreadsheets.";
        if (options.RequiredScopes.FirstOrDefault(s => !GoogleScopes.IsSupported(s)) is { } unknown)
            return $"Google__Scopes: {unknown} is not supported; use drive.file or spreadsheets.";

        return UrlProblem("Google__AuthorizeUrl", options.AuthorizeUrl)
            ?? UrlProblem("Google__TokenUrl", options.TokenUrl)
            ?? UrlProblem("Google__RevokeUrl", options.RevokeUrl)
            ?? UrlProblem("Google__SheetsUrl", options.SheetsUrl)
            ?? UrlProblem("Google__DriveUrl", options.DriveUrl);
    }

    private static string? UrlProblem(string setting, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
            return $"{setting} is not an http or https address.";
        if (uri.UserInfo != "" || uri.Query != "" || uri.Fragment != "")
            return $"{setting} must be an address without name, query or fragment.";
        return uri.Scheme == "http" && !uri.IsLoopback
            ? $"{setting} is plain http: that is only allowed to this machine itself. Use https."
            : null;
    }

    private static string? KeyProblem(GoogleOptions options, string contentRoot)
    {
        if (options.ServiceAccountFile is not { Length: > 0 } file) return null;
        var path = Path.Combine(contentRoot, file);
        if (!File.Exists(path)) return $"Google__ServiceAccountFile: there is no file {path}.";
        try
        {
            using var key = ServiceAccountKey.Parse(File.ReadAllText(path), options);
            return null;
        }
        catch (SpreadsheetException refused)
        {
            return $"Google__ServiceAccountFile: {refused.Message}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"Google__ServiceAccountFile: {path} cannot be read.";
        }
    }
}
