using Microsoft.Extensions.Primitives;

namespace CountingKit.Sandbox.Google.OAuth;

/// <summary>What an app asks for when it sends a person to Google.</summary>
internal sealed record ConsentRequest(
    string ClientId, string RedirectUri, IReadOnlyList<string> Scopes, string? State, bool Offline, bool PromptConsent,
    bool IncludeGranted, string? LoginHint, string? Challenge, string? ChallengeMethod, string? Nonce, bool OnePick,
        bool PickMany,
    string? PreselectedFiles)
{
    /// <summary>The parameters that a form must carry along.</summary>
    public static readonly string[] Parameters =
    [
        "client_id", "redirect_uri", "response_type", "scope", "state", "access_type", "prompt",
            "include_granted_scopes", "login_hint",
        "code_challenge", "code_challenge_method", "nonce", "trigger_onepick", "allow_multiple", "file_ids",
    ];

    /// <exception cref="ConsentRefused">Google would show an error page and not go back to the app.</exception>
    public static ConsentRequest Read(IReadOnlyDictionary<string, StringValues> given)
    {
        string? Text(string name) =>
            given.TryGetValue(name, out var values) && values[^1] is { Length: > 0 } value ? value : null;

        var redirect = Text("redirect_uri")
            ?? throw new ConsentRefused("invalid_request", "Missing required parameter: redirect_uri");
        if (!Uri.TryCreate(redirect, UriKind.Absolute, out var uri) || uri.Fragment.Length > 0
            || uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            throw new ConsentRefused(
                "redirect_uri_mismatch", "The redirect URI must be https, or http on this machine.");
        if (Text("response_type") != "code")
            throw new ConsentRefused("unsupported_response_type", "Only response_type=code is served.");
        var scopes = OAuth.Scopes.Read(Text("scope"));
        if (scopes.Count == 0) throw new ConsentRefused("invalid_request", "Missing required parameter: scope");
        if (scopes.FirstOrDefault(scope => !OAuth.Scopes.IsKnown(scope)) is { } unknown)
            throw new ConsentRefused("invalid_scope", $"Some requested scopes were invalid: {unknown}");
        var method = Text("code_challenge_method") ?? "plain";
        if (method is not ("plain" or "S256"))
            throw new ConsentRefused("invalid_request", "code_challenge_method must be S256 or plain.");
        var prompt = (Text("prompt") ?? "").Split(' ');
        var onePick = Text("trigger_onepick") == "true";
        if (onePick && (scopes is not [OAuth.Scopes.DriveFile] || !prompt.Contains("consent")
            || Text("include_granted_scopes") == "true"))
            throw new ConsentRefused("invalid_request",
                "trigger_onepick needs prompt=consent, the scope drive.file alone and include_granted_scopes=false.");
        return new ConsentRequest(
            Text("client_id") ?? throw new ConsentRefused("invalid_request", "Missing required parameter: client_id"),
            redirect, scopes, Text("state"), Text("access_type") == "offline", prompt.Contains("consent"),
            Text("include_granted_scopes") == "true", Text("login_hint"), Text("code_challenge"), method, Text("nonce"),
            onePick, Text("allow_multiple") == "true", Text("file_ids"));
    }
}

/// <summary>The consent cannot be asked: the person sees why, the app hears nothing.</summary>
internal sealed class ConsentRefused(string code, string message) : Exception(message)
{
    public string Code => code;
}
