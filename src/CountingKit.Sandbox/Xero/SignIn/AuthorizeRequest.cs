using System.Buffers.Text;
using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Xero.SignIn;

/// <summary>What an app asks for on the consent page; valid once it is made.</summary>
internal sealed record AuthorizeRequest(
    string ClientId, string RedirectUri, string[] Scopes, string State, string? CodeChallenge)
{
    /// <summary>The parameters that the consent page carries along.</summary>
    public static readonly string[] Parameters =
        ["response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method"];

    /// <param name="premium">The app may ask for journals.</param>
    /// <returns>The request, or the error that Xero's page would show instead of coming back to the app.</returns>
    public static (AuthorizeRequest? Request, AuthorizeError? Error) Read(
        Func<string, string?> parameter, AppCredentials app, bool premium)
    {
        var clientId = parameter("client_id");
        if (!app.AcceptsId(clientId)) return Refused("unauthorized_client", "Unknown client_id.");
        var redirectUri = parameter("redirect_uri") ?? "";
        if (!MayComeBackTo(redirectUri))
            return Refused("unauthorized_client", "redirect_uri must be https, or http on localhost; no fragment.");
        if (parameter("response_type") != "code")
            return Refused("unsupported_response_type", "response_type must be code.");
        var scopes = SignIn.Scopes.Split(parameter("scope") ?? "").Distinct().ToArray();
        if (scopes.Length == 0 || !SignIn.Scopes.AreKnown(scopes, premium))
            return Refused("invalid_scope", "A scope is missing, unknown, or not allowed for this app.");
        if (parameter("state") is not { Length: > 0 } state)
            return Refused("invalid_request", "state is missing. Xero would go on; this stand-in does not.");

        var challenge = parameter("code_challenge");
        var method = parameter("code_challenge_method");
        if (challenge is null && method is not null || challenge is not null && method != "S256")
            return Refused("invalid_request", "code_challenge needs code_challenge_method S256.");
        if (challenge is not null && !(challenge.Length == 43 && Base64Url.IsValid(challenge)))
            return Refused("invalid_request", "code_challenge is not a SHA-256 in base64url.");
        return (new AuthorizeRequest(clientId!, redirectUri, scopes, state, challenge), null);
    }

    private static (AuthorizeRequest?, AuthorizeError?) Refused(string code, string why) =>
        (null, new AuthorizeError(code, why));

    private static bool MayComeBackTo(string redirectUri) =>
        Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri)
        && uri.Fragment.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || uri is { Scheme: "http", Host: "localhost" });
}

internal sealed record AuthorizeError(string Code, string Why);
